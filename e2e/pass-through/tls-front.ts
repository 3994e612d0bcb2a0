import { readFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { createServer } from "node:tls";

import { certificatePaths } from "../cluster/certificates.ts";
import type { Cluster } from "../cluster/cluster.ts";

/** What stands before Stowage in a team: it ends TLS, for kubectl sends no token without. Its certificate is the API server's own. */
export type TlsFront = {
  readonly port: number;
  /** Where to from now on: a server is told its front's address before it has one of its own. */
  lead(to: number): void;
  close(): Promise<void>;
};

export async function startTlsFront(cluster: Cluster): Promise<TlsFront> {
  let to = 0;
  const { cert, key } = certificatePaths(cluster.plan).apiServer;
  const open = new Set<Socket>();
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (client) => {
    const upstream = connect(to, "127.0.0.1");
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.once("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lead: (port) => (to = port),
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
