import type { IncomingHttpHeaders } from "node:http";

export type Refusal = { status: number; why: string };

export type HostRules = {
  /** `host` or `host:port`, lower case, under which browsers may reach this server. */
  hosts: ReadonlySet<string>;
};

type Incoming = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders };

const reading = new Set(["GET", "HEAD"]);
const known = new Set(["GET", "HEAD", "POST"]);

/**
 * What is refused before anybody looks at it: targets that are no path, hosts that are not ours (a name that a stranger's DNS
 * points here), headers by which Next was talked round before, writes and sockets from foreign pages. Null lets it pass.
 */
export function checkRequest(
  request: Incoming,
  rules: HostRules,
  options: { upgrade: boolean; methods?: ReadonlySet<string> },
): Refusal | null {
  const { method = "", url = "", headers } = request;
  if (!url.startsWith("/") || url.startsWith("//") || url.includes("\\"))
    return { status: 400, why: "the target has to be a path" };
  if (!isDecodable(url)) return { status: 400, why: "the path is not well-formed" };
  if (!(options.methods ?? known).has(method))
    return { status: 405, why: `there is nothing here for ${method.slice(0, 20)}` };
  const host = headers.host?.toLowerCase() ?? "";
  if (!rules.hosts.has(host)) {
    return {
      status: 421,
      why: `this server does not answer to the host name ${host.slice(0, 100)}; see --allowed-hosts`,
    };
  }
  if (headers["x-middleware-subrequest"] !== undefined || headers["next-action"] !== undefined) {
    return { status: 400, why: "there are no such requests here" };
  }
  if (url.startsWith("/_next/image")) return { status: 404, why: "there are no images here" };
  // CORS keeps other sites from reading, but they need not make this server work either.
  if (url.startsWith("/api/") && headers["sec-fetch-site"] === "cross-site")
    return { status: 403, why: "this comes from another site's page" };
  const { origin } = headers;
  // A browser names the page's origin with every write and every socket; scripts, which send no cookies unasked, need not.
  const mustMatch = options.upgrade || !reading.has(method);
  if (mustMatch && origin !== undefined && !isOwn(origin, host))
    return { status: 403, why: "this comes from another site's page" };
  if (mustMatch && origin === undefined && headers.cookie !== undefined)
    return { status: 403, why: "a write with a cookie needs an Origin" };
  return null;
}

/** Next fails on a path whose percent signs are no encoding, and calls it an error of its own. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** Whether a page of this origin was served by the host that is asked now. */
function isOwn(origin: string, host: string): boolean {
  const parsed = URL.parse(origin);
  return (
    parsed !== null &&
    (parsed.protocol === "http:" || parsed.protocol === "https:") &&
    parsed.host === bare(host, parsed.protocol)
  );
}

/** URL leaves the scheme's own port out of `host`. */
function bare(host: string, protocol: string): string {
  return URL.parse(`${protocol}//${host}`)?.host ?? "";
}

/** The hosts that are ours: loopback names with the port, the bound address, and those that were allowed, with and without port. */
export function hostsOf(port: number, bound: string, allowed: readonly string[]): ReadonlySet<string> {
  const address = bound.includes(":") ? `[${bound.replace(/^\[|\]$/g, "")}]` : bound;
  const names = ["localhost", "127.0.0.1", "[::1]", address].map((name) => `${name.toLowerCase()}:${port}`);
  const withPort = allowed.flatMap((name) => [name.toLowerCase(), `${name.toLowerCase()}:${port}`]);
  return new Set([...names, ...withPort, ...(port === 80 ? ["localhost", "127.0.0.1", "[::1]"] : [])]);
}
