import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { once } from "node:events";
import { bareHost } from "./proxy.ts";

const maxHead = 16 * 1024;

/** Asks an HTTP proxy for a tunnel (`CONNECT`). Throws when it refuses, when its answer is too long, or on abort. */
export async function connectThroughHttpProxy(
  socket: Socket,
  proxy: URL,
  target: { host: string; port: number },
  signal: AbortSignal,
): Promise<void> {
  const authority = `${target.host.includes(":") ? `[${target.host}]` : target.host}:${target.port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (proxy.username !== "") {
    const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    lines.push(`Proxy-Authorization: Basic ${Buffer.from(pair).toString("base64")}`);
  }
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const head = await readUntil(
    socket,
    (read) => {
      const start = read.subarray(0, 5).toString("latin1");
      if (!"HTTP/".startsWith(start)) throw new Error("the proxy answered something other than HTTP");
      const end = read.indexOf("\r\n\r\n");
      if (end >= 0) return end + 4;
      if (read.length > maxHead) throw new Error("the proxy's answer has no end");
      return null;
    },
    signal,
  );
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString("latin1"))?.[1];
  if (status === undefined) throw new Error("the proxy answered something other than HTTP");
  if (!status.startsWith("2"))
    throw new Error(
      `the proxy refused the connection with ${status}${status === "407" ? ": it wants a user and password" : ""}`,
    );
}

const socksErrors = [
  "",
  "a general failure",
  "its rules forbid it",
  "network unreachable",
  "host unreachable",
  "connection refused",
  "TTL expired",
];

/** Asks a SOCKS5 proxy for a tunnel (RFC 1928, with user and password by RFC 1929). Names are resolved by the proxy. */
export async function connectThroughSocks(
  socket: Socket,
  proxy: URL,
  target: { host: string; port: number },
  signal: AbortSignal,
): Promise<void> {
  const withPassword = proxy.username !== "";
  socket.write(withPassword ? Buffer.from([5, 2, 0, 2]) : Buffer.from([5, 1, 0]));
  const chosen = await readUntil(socket, (read) => (read.length >= 2 ? 2 : null), signal);
  if (chosen[0] !== 5) throw new Error("the proxy does not speak SOCKS5");
  if (chosen[1] === 2 && withPassword) {
    const user = Buffer.from(decodeURIComponent(proxy.username));
    const password = Buffer.from(decodeURIComponent(proxy.password));
    if (user.length > 255 || password.length > 255)
      throw new Error("the proxy's user or password is too long for SOCKS5");
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
    const answer = await readUntil(socket, (read) => (read.length >= 2 ? 2 : null), signal);
    if (answer[1] !== 0) throw new Error("the proxy refused its user and password");
  } else if (chosen[1] !== 0) {
    throw new Error("the proxy accepts none of our ways to sign in");
  }
  const host = Buffer.from(target.host);
  if (host.length > 255) throw new Error("the server's name is too long for SOCKS5");
  const port = Buffer.from([target.port >> 8, target.port & 255]);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, port]));
  const answer = await readUntil(socket, lengthOfSocksAnswer, signal);
  const code = answer[1] ?? 1;
  if (code !== 0) throw new Error(`the proxy could not connect: ${socksErrors[code] ?? `error ${code}`}`);
}

function lengthOfSocksAnswer(read: Buffer): number | null {
  const [, , , type, first] = read;
  if (type === undefined || first === undefined) return null;
  const address = type === 1 ? 4 : type === 4 ? 16 : 1 + first;
  const length = 4 + address + 2;
  return read.length >= length ? length : null;
}

/** Reads as many bytes as `lengthOf` says and puts the rest back. */
async function readUntil(
  socket: Duplex,
  lengthOf: (read: Buffer) => number | null,
  signal: AbortSignal,
): Promise<Buffer> {
  let read: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) {
      if (socket.readableEnded || socket.destroyed) throw new Error("the proxy closed the connection");
      await moreOf(socket, signal);
      continue;
    }
    read = Buffer.concat([read, chunk]);
    const length = lengthOf(read);
    if (length === null) continue;
    if (length < read.length) socket.unshift(read.subarray(length));
    return read.subarray(0, length);
  }
}

/** Resolves when there is something to read, or never will be. */
async function moreOf(socket: Duplex, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const events = ["readable", "end", "close"].map((event) => once(socket, event, { signal: either }));
  try {
    await Promise.race(events);
  } finally {
    done.abort();
    await Promise.allSettled(events);
  }
}

export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  switch (url.protocol) {
    case "https:":
      return 443;
    case "socks5:":
    case "socks5h:":
      return 1080;
    default:
      return 80;
  }
}

export function hostOf(url: URL): string {
  return bareHost(url.hostname);
}
