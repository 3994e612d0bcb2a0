import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** Passes connections on and counts what the server sends, as it is on the wire: that is what a browser cannot tell of sockets. */
export class CountingRelay {
  readonly port: number;
  /** Where connections go on to; set once the server behind it is there. */
  target = 0;
  private socketBytes = 0;
  private readonly server: Server;
  private readonly open = new Set<Socket>();

  private constructor(server: Server) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.pass(client));
  }

  static async start(): Promise<CountingRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    return new CountingRelay(server);
  }

  /** Bytes of all WebSocket frames that the server sent since the last call, without the answer to the handshake. */
  takeSocketBytes(): number {
    const bytes = this.socketBytes;
    this.socketBytes = 0;
    return bytes;
  }

  close(): void {
    for (const socket of this.open) socket.destroy();
    this.server.close();
  }

  private pass(client: Socket): void {
    const upstream = connect(this.target, "127.0.0.1");
    let isSocket = false;
    let head: Buffer | null = Buffer.alloc(0);
    client.once("data", (first) => (isSocket = first.toString("latin1").startsWith("GET /api/live ")));
    upstream.on("data", (chunk) => {
      if (!isSocket) return;
      if (head === null) {
        this.socketBytes += chunk.length;
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.socketBytes += head.length - end - 4;
      head = null;
    });
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.open.delete(one);
        other.destroy();
      });
    }
  }
}
