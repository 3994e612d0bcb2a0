import { STATUS_CODES } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import { WebSocketServer } from "ws";

import type { Backend } from "../api/backend.ts";
import { ApiFault, nowhere } from "../api/fault.ts";
import { parseTarget } from "../api/parse-target.ts";
import { checkAccess } from "../api/read.ts";
import { pods } from "../api/resources.ts";
import { containerToRun } from "./container-to-run.ts";
import { speak } from "./channels.ts";

const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

/** Answers `…/pods/NAME/exec` over WebSockets, as an API server does. */
export function serveExec(server: Server, backend: Backend): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 1024 * 1024,
    handleProtocols: (offered) => protocols.find((each) => offered.has(each)) ?? false,
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    try {
      const url = new URL(request.url ?? "/", "http://demo");
      const asked = read(request, url, backend);
      sockets.handleUpgrade(request, socket, head, (ws) => speak(ws, backend, asked));
    } catch (fault) {
      refuse(socket, fault);
    }
  });
}

function read(request: IncomingMessage, url: URL, backend: Backend) {
  const target = parseTarget(url.pathname);
  if (!target || target.resource !== pods || target.subresource !== "exec") throw nowhere();
  checkAccess(target, "GET", url.searchParams);
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((each) => each.trim());
  if (!protocols.some((each) => offered.includes(each))) {
    const message = `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(" ")}], server accepts [${protocols.join(" ")}]`;
    throw new ApiFault(403, "Forbidden", message);
  }
  return containerToRun(backend, target, url.searchParams);
}

function refuse(socket: Duplex, fault: unknown): void {
  if (!(fault instanceof ApiFault)) return void socket.destroy();
  const body = JSON.stringify(fault.status);
  const head = [
    `HTTP/1.1 ${fault.code} ${STATUS_CODES[fault.code] ?? ""}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
