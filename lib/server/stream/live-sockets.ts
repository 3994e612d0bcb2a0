import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";

import { maxClientMessage } from "../../protocol/live.ts";
import type { Person } from "../access/person.ts";
import { Tab } from "./tab.ts";
import type { TabDoors } from "./tab.ts";

/** Sockets at a time in one process. */
const maxSockets = 5_000;
/** How long a tab may take to say goodbye when the server stops, in ms. */
const goodbyeMs = 2_000;
/** Frames below this many bytes are not worth compressing. */
const compressFrom = 512;

/** The WebSockets of `/api/live`. Who asks, from where, was decided before `accept` is called. */
export class LiveSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: maxClientMessage,
    perMessageDeflate: {
      threshold: compressFrom,
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      concurrencyLimit: 4,
    },
  });

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, person: Person, doors: TabDoors): void {
    if (this.server.clients.size >= maxSockets) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.server.handleUpgrade(request, socket, head, (live) => {
      new Tab(live, person, doors);
    });
  }

  get size(): number {
    return this.server.clients.size;
  }

  /** Tells every tab that the server goes away; they come back by themselves. One that does not answer is not waited for. */
  close(): void {
    for (const live of this.server.clients) live.close(1001, "the server stops");
    this.server.close();
    setTimeout(() => {
      for (const live of this.server.clients) live.terminate();
    }, goodbyeMs).unref();
  }
}
