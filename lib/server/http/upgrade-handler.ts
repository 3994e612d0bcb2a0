import type { IncomingMessage } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import { log } from "../log.ts";
import type { Runtime } from "../runtime.ts";
import type { LiveSockets } from "../stream/live-sockets.ts";
import { checkRequest } from "./request-check.ts";
import type { HostRules } from "./request-check.ts";

export type UpgradeParts = {
  rules: HostRules;
  runtime: Runtime;
  sockets: LiveSockets;
  /** Next's own socket while developing, null otherwise. */
  nextUpgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
};

/** Opens `/api/live` for whoever is signed in, from our own pages only. */
export function upgradeHandler({ rules, runtime, sockets, nextUpgrade }: UpgradeParts) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const refusal = checkRequest(request, rules, { upgrade: true });
    if (refusal) return refuse(socket, refusal.status);
    if (nextUpgrade && request.url?.startsWith("/_next/")) return nextUpgrade(request, socket, head);
    if (request.url !== "/api/live") return refuse(socket, 404);
    const headers = { cookie: request.headers.cookie ?? null, authorization: request.headers.authorization ?? null };
    runtime.stowage
      .person(headers)
      .then(async (person) => {
        if (!person) return refuse(socket, 401);
        // The socket lives as long as what opened it: a session that ends, or a token that is refused, closes it.
        sockets.accept(request, socket, head, person, runtime.tabDoors(headers, person));
      })
      .catch((thrown: unknown) => {
        log.error("stream.upgrade-failed", { message: String(thrown) });
        refuse(socket, 500);
      });
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
