import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createPlainServer } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse, Http2Session } from "node:http2";
import { createSecureServer } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Pair, TestAuthority } from "./test-certificates.ts";

/** A request as the server saw it. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Name, value, name, value: repeated headers stay apart. */
  readonly rawHeaders: readonly string[];
  /** The client certificate's common name; null without one. */
  readonly certificate: string | null;
};

export type Handler = (request: Http2ServerRequest | IncomingMessage, response: Http2ServerResponse) => void;

export type TestApiServer = {
  readonly url: URL;
  readonly seen: Seen[];
  /** Sockets that were ever accepted. */
  readonly sockets: Set<Socket>;
  readonly sessions: Set<Http2Session>;
  close(): Promise<void>;
};

export type ServerOptions = {
  readonly handle: Handler;
  /** Answers upgrades, which only HTTP/1.1 has; without it they are requests like others. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly speaks?: "h2" | "http/1.1" | "plain";
  readonly authority?: TestAuthority;
  readonly pair?: Pair;
  readonly maxConcurrentStreams?: number;
  /** Any free one by default. */
  readonly port?: number;
};

export async function startApiServer(options: ServerOptions): Promise<TestApiServer> {
  const { handle, speaks = "h2", authority, pair, maxConcurrentStreams } = options;
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const sessions = new Set<Http2Session>();
  const note = (request: Http2ServerRequest | IncomingMessage) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate?.() ?? {};
    const { method = "", url = "", httpVersion: version, headers, rawHeaders } = request;
    seen.push({
      method,
      url,
      version,
      headers,
      rawHeaders,
      certificate: subject?.CN === undefined ? null : String(subject.CN),
    });
  };
  const onRequest = (request: Http2ServerRequest | IncomingMessage, response: Http2ServerResponse | ServerResponse) => {
    note(request);
    handle(request, response as Http2ServerResponse);
  };
  const tls = { ...pair, ca: authority?.ca, requestCert: true, rejectUnauthorized: false };
  const server: Server =
    speaks === "plain"
      ? createPlainServer(onRequest)
      : speaks === "http/1.1"
        ? createTlsServer({ ...tls, ALPNProtocols: ["http/1.1"] }, onRequest)
        : (createSecureServer({ ...tls, settings: { maxConcurrentStreams } }, onRequest) as unknown as Server);
  const { upgrade } = options;
  if (upgrade) {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      note(request);
      upgrade(request, socket, head);
    });
  }
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  server.on("session", (session: Http2Session) => sessions.add(session.on("error", () => {})));
  server.listen(options.port ?? 0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`${speaks === "plain" ? "http" : "https"}://127.0.0.1:${port}`),
    seen,
    sockets,
    sessions,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function answerJson(
  response: Http2ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** Runs a test with a server and closes it whatever comes. */
export async function using(server: TestApiServer, test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } finally {
    await server.close();
  }
}
