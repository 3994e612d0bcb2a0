import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import type { TLSSocket } from "node:tls";

import { innerHeaders } from "../../protocol/inner-headers.ts";

/** Addresses and networks of proxies whose word about a request is believed. */
export function trustedProxies(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Writes who the peer is into the request's own headers, in the place of whatever a client sent under these names. What a proxy
 * says counts only from a trusted one: the last address that is no proxy of ours, and the scheme that the proxy was asked by.
 */
export function tellPeer(request: IncomingMessage, trusted: BlockList): void {
  const { headers, socket } = request;
  const direct = plainAddress(socket.remoteAddress ?? "");
  const proxied = isTrusted(direct, trusted);
  const scheme = proxied ? lastOf(headers["x-forwarded-proto"]) : undefined;
  const secure =
    (socket as Partial<TLSSocket>).encrypted === true || scheme === "https" || isLoopbackName(headers.host ?? "");
  for (const name of Object.keys(headers)) if (name.startsWith("x-stowage-")) delete headers[name];
  headers[innerHeaders.address] = proxied ? behindProxies(direct, headers["x-forwarded-for"], trusted) : direct;
  headers[innerHeaders.secure] = secure ? "1" : "0";
  headers[innerHeaders.path] = (request.url ?? "/").slice(0, 4_000);
}

/** Proxies add to the end: from there, the first address that is none of ours is who asked. */
function behindProxies(direct: string, forwarded: string | string[] | undefined, trusted: BlockList): string {
  const chain = [forwarded ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((part) => plainAddress(part.trim()));
  let last = direct;
  for (const address of chain.toReversed()) {
    if (isIP(address) === 0) break;
    last = address;
    if (!isTrusted(address, trusted)) break;
  }
  return last;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && trusted.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** IPv4 as IPv4, also where the socket is IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return [header ?? []].flat().join(",").split(",").at(-1)?.trim().toLowerCase();
}

/** Browsers trust these names without HTTPS: what is sent there stays on the machine, or in a tunnel to it. */
function isLoopbackName(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return name === "localhost" || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}
