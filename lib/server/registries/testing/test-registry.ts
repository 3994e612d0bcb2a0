import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Heard = { method: string; path: string; authorization: string | null; body: string };

/** A server on loopback that answers as a test tells it, good or evil, and keeps what it was asked. */
export type TestRegistry = { host: string; heard: Heard[]; close(): void };

export type Answer = (request: Heard, response: ServerResponse) => void;

export async function startTestRegistry(answer: Answer): Promise<TestRegistry> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void hear(request).then((asked) => {
      heard.push(asked);
      response.on("error", () => undefined);
      answer(asked, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    heard,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sendJson(response: ServerResponse, json: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
}

export function digestOf(json: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(json)).digest("hex")}`;
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    authorization: request.headers.authorization ?? null,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
