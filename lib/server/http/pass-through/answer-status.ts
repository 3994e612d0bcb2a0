import type { ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import type { KubeStatus } from "./kube-status.ts";
import { statusText } from "./kube-status.ts";

export function answerStatus(response: ServerResponse, status: KubeStatus): void {
  if (response.destroyed) return;
  response.writeHead(status.code, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(status.code === 429 ? { "retry-after": "1" } : {}),
    // What was not read of the request is not waited for.
    ...(response.req.complete ? {} : { connection: "close" }),
  });
  response.end(response.req.method === "HEAD" ? undefined : statusText(status));
}

/** The same on a connection that wanted to be upgraded. */
export function refuseUpgrade(socket: Duplex, status: KubeStatus): void {
  if (socket.destroyed) return;
  const body = statusText(status);
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  socket.end(`${headOf(status.code, { ...headers, connection: "close" })}${body}`);
}

export function headOf(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, " ")}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
}
