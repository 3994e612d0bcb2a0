import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { serveExec } from "../exec/serve-exec.ts";
import { sendJson } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { discover } from "./discovery.ts";
import { ApiFault, nowhere, notAllowed } from "./fault.ts";
import { parseTarget } from "./parse-target.ts";
import { checkAccess, sendRead } from "./read.ts";
import { parseBody, readText } from "./read-body.ts";
import { review } from "./reviews.ts";
import { write } from "./write.ts";

export type ServedApi = { url: string; close(): void };

/** Serves a world over the Kubernetes API on a loopback port of its own: discovery, reviews, reads, writes, logs, exec. */
export async function serveApi(backend: Backend): Promise<ServedApi> {
  const server = createServer((request, response) => {
    handle(request, response, backend).catch((fault: unknown) => sendFault(response, fault));
  });
  serveExec(server, backend);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeNow(server) };
}

function sendFault(response: ServerResponse, fault: unknown): void {
  if (response.headersSent || !(fault instanceof ApiFault)) response.destroy();
  else sendJson(response, fault.code, fault.status);
}

async function handle(request: IncomingMessage, response: ServerResponse, backend: Backend): Promise<void> {
  const url = new URL(request.url ?? "/", "http://demo");
  const path = url.pathname;
  const method = request.method ?? "GET";
  const looks = method === "GET" || method === "HEAD";
  if (/^\/(healthz|livez|readyz)$/.test(path))
    return void response.writeHead(200, { "content-type": "text/plain" }).end("ok");
  const contentType = request.headers["content-type"] ?? "";
  const text = looks ? "" : await readText(request);
  if (method === "POST") {
    const answer = review(path, /review/.test(path) ? parseBody(contentType, text) : null);
    if (answer) return sendJson(response, 201, answer);
  }
  const found = discover(path);
  if (found && !looks) throw notAllowed();
  if (found) return sendJson(response, 200, found);
  const target = parseTarget(path);
  if (!target) throw nowhere();
  // Creating is done in a namespace, whoever one is.
  if (method === "POST" && target.resource.namespaced && target.namespace === null) throw notAllowed();
  checkAccess(target, method, url.searchParams);
  if (looks) return sendRead(request, response, backend, target, url.searchParams);
  const userAgent = request.headers["user-agent"] ?? "";
  const { status, body } = write(method, { backend, target, query: url.searchParams, contentType, text, userAgent });
  sendJson(response, status, body);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closeNow(server: Server): void {
  server.close();
  server.closeAllConnections();
}
