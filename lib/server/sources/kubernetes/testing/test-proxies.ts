import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { createServer as createHttpsServer } from "node:https";
import type { Pair } from "./test-certificates.ts";

export type TestProxy = { readonly port: number; readonly asked: string[]; close(): Promise<void> };

/** Forwards bytes until told to stop; a stopped one keeps its sockets open and says nothing, as a cable that was pulled. */
export async function startStallingProxy(target: URL): Promise<TestProxy & { stall(): void; cut(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.push(
      client.on("error", () => {}),
      upstream.on("error", () => {}),
    );
    client.pipe(upstream);
    upstream.pipe(client);
  });
  const proxy = await listening(server, sockets);
  return {
    ...proxy,
    stall() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** An HTTP proxy that knows CONNECT; with `credentials` (`user:password`) it asks for them, with `pair` it speaks TLS. */
export async function startConnectProxy(
  options: { credentials?: string; pair?: Pair; target?: URL } = {},
): Promise<TestProxy> {
  const sockets: Socket[] = [];
  const asked: string[] = [];
  const server = options.pair === undefined ? createHttpServer() : createHttpsServer(options.pair);
  server.on("connect", (request, client: Socket, head: Buffer) => {
    sockets.push(client.on("error", () => {}));
    asked.push(request.url ?? "");
    const expected =
      options.credentials === undefined ? undefined : `Basic ${Buffer.from(options.credentials).toString("base64")}`;
    if (request.headers["proxy-authorization"] !== expected) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const { hostname, port } = options.target ?? new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\nX-Proxy: test\r\n\r\n");
      upstream.write(head);
      client.pipe(upstream);
      upstream.pipe(client);
    });
    sockets.push(upstream.on("error", () => client.destroy()));
  });
  return { ...(await listening(server, sockets)), asked };
}

/** A SOCKS5 proxy that takes names and, with `credentials` (`user:password`), wants them. */
export async function startSocksProxy(options: { credentials?: string; target: URL }): Promise<TestProxy> {
  const sockets: Socket[] = [];
  const asked: string[] = [];
  const server = createServer((client) => {
    sockets.push(client.on("error", () => {}));
    const steps: ((data: Buffer) => void)[] = [
      (data) => {
        const wanted = options.credentials === undefined ? 0 : 2;
        client.write(Buffer.from([5, data.subarray(2).includes(wanted) ? wanted : 255]));
        if (wanted === 0) steps.splice(0, 1);
      },
      (data) => {
        const user = data.subarray(2, 2 + (data[1] ?? 0)).toString();
        const password = data.subarray(3 + (data[1] ?? 0)).toString();
        client.write(Buffer.from([1, `${user}:${password}` === options.credentials ? 0 : 1]));
      },
      (data) => {
        asked.push(`${data.subarray(5, 5 + (data[4] ?? 0)).toString()}:${data.readUInt16BE(data.length - 2)}`);
        const upstream = connect(Number(options.target.port), options.target.hostname, () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          client.off("data", onData);
          client.pipe(upstream);
          upstream.pipe(client);
        });
        sockets.push(upstream.on("error", () => client.destroy()));
      },
    ];
    const onData = (data: Buffer) => steps.shift()?.(data);
    client.on("data", onData);
  });
  return { ...(await listening(server, sockets)), asked };
}

async function listening(server: Server, sockets: readonly Socket[]): Promise<TestProxy> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked: [],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
