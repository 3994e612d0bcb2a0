import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A wire between Stowage and an API server that can be cut, or go dead without a word as a pulled cable does. */
export type TcpProxy = {
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps every connection, old and new, and forwards nothing. */
  stall(): void;
  /** Forwards what comes from now on; connections that were stalled stay dead. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let stalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket)));
  };
  const server = createServer((client) => {
    keep(client);
    if (stalled) {
      client.pause();
      return;
    }
    const upstream = connect(Number(targetPort), hostname);
    keep(upstream);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
  });
  const listen = (wanted: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  const end = () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  const port = await listen(0);
  return {
    url: `https://127.0.0.1:${port}`,
    cut: end,
    stall() {
      stalled = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.removeAllListeners("close").on("close", () => sockets.delete(socket));
        socket.pause();
      }
    },
    async restore() {
      stalled = false;
      if (!server.listening) await listen(port);
    },
    close: end,
  };
}
