import type { IncomingMessage } from "node:http";
import { STATUS_CODES } from "node:http";
import type { BlockList } from "node:net";
import type { Duplex } from "node:stream";

import { log } from "../log.ts";
import type { Runtime } from "../runtime.ts";
import type { LiveSockets } from "../stream/live-sockets.ts";
import { innerHeaders } from "../../protocol/inner-headers.ts";
import { tellPeer } from "./peer.ts";
import { isPassThrough } from "./pass-through/api-target.ts";
import type { PassThrough } from "./pass-through/pass-through.ts";
import { checkRequest } from "./request-check.ts";
import type { HostRules } from "./request-check.ts";

export type UpgradeParts = {
  rules: HostRules;
  trusted: BlockList;
  runtime: Runtime;
  sockets: LiveSockets;
  passThrough: PassThrough;
  /** Next's own socket while developing, null otherwise. */
  nextUpgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
};

/** Opens `/api/live` for whoever is signed in, from our own pages only. */
export function upgradeHandler({ rules, trusted, runtime, sockets, passThrough, nextUpgrade }: UpgradeParts) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    tellPeer(request, trusted);
    if (isPassThrough(request.url)) return void passThrough.upgrade(request, socket, head);
    const refusal = checkRequest(request, rules, { upgrade: true });
    if (refusal) return refuse(socket, refusal.status);
    if (nextUpgrade && request.url?.startsWith("/_next/")) return nextUpgrade(request, socket, head);
    if (request.url !== "/api/live") return refuse(socket, 404);
    const { cookie = null, authorization = null, [innerHeaders.address]: address } = request.headers;
    const headers = { cookie, authorization, address: typeof address === "string" ? address : null };
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
