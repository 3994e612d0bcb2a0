import { BlockList, isIP } from "node:net";

/** How a server is reached: `direct`, or through a proxy whose address may hold a user and password. */
export type Route = { readonly type: "direct" } | { readonly type: "proxy"; readonly proxy: URL };

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * As kubectl decides: the kubeconfig's `proxy-url` always holds; else HTTPS_PROXY or HTTP_PROXY (or lower case) by the server's
 * scheme, unless NO_PROXY names the server or it is this machine. Throws a TypeError for an address that is none.
 */
export function routeTo(server: URL, proxyUrl: string | null, env: Environment): Route {
  if (proxyUrl !== null) return { type: "proxy", proxy: proxyAddress(proxyUrl) };
  const https = server.protocol === "https:";
  const chosen = https ? (env["HTTPS_PROXY"] ?? env["https_proxy"]) : (env["HTTP_PROXY"] ?? env["http_proxy"]);
  if (!chosen || isExempt(server, env["NO_PROXY"] ?? env["no_proxy"] ?? "")) return { type: "direct" };
  return { type: "proxy", proxy: proxyAddress(chosen) };
}

const proxySchemes = new Set(["http:", "https:", "socks5:", "socks5h:"]);

function proxyAddress(text: string): URL {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  // The text may hold a password, so the error does not repeat it.
  if (url === null || url.hostname === "") throw new TypeError("the proxy's address is not a URL");
  if (!proxySchemes.has(url.protocol)) {
    throw new TypeError(`proxies of the scheme ${url.protocol} are not supported; use http, https or socks5`);
  }
  return url;
}

/** The rules of NO_PROXY in Go: `*`, hosts with their subdomains, `.suffix`, addresses, CIDR ranges, each with an optional port. */
function isExempt(server: URL, noProxy: string): boolean {
  const host = bareHost(server.hostname).toLowerCase();
  if (host === "localhost" || isLoopback(host)) return true;
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  return noProxy
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && exempts(entry, host, port));
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const range = /^(.+)\/(\d{1,3})$/.exec(entry);
  if (range) return isInRange(host, range[1] ?? "", Number(range[2]));
  const withPort = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry);
  if (withPort && withPort[2] !== port) return false;
  const name = bareHost(withPort?.[1] ?? entry).replace(/^\*(?=\.)/, "");
  if (isIP(name) !== 0) return name === host;
  return name.startsWith(".") ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function isInRange(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const ranges = new BlockList();
  ranges.addSubnet(network, bits, type);
  return ranges.check(host, type);
}

export function isLoopback(host: string): boolean {
  return isInRange(host, "127.0.0.0", 8) || host === "::1";
}

/** A URL's hostname without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}
