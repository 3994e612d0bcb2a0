import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { sendJson, sendStatus } from "./answers.ts";
import { discover } from "./discovery.ts";
import { sendList, wantsTable } from "./list.ts";
import type { LogSource } from "./logs.ts";
import { sendLog } from "./logs.ts";
import { parseTarget } from "./parse-target.ts";
import { review } from "./reviews.ts";
import type { Store } from "./store.ts";
import { tableOf } from "./table.ts";
import { sendWatch } from "./watch.ts";

export type ServedApi = { url: string; close(): void };

const maxBody = 1024 * 1024;

/** Serves a store over the Kubernetes API on a loopback port of its own: discovery, reviews, lists, watches, Tables, logs. It only reads. */
export async function serveApi(store: Store, logs: LogSource): Promise<ServedApi> {
  const server = createServer((request, response) => {
    handle(request, response, store, logs).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeNow(server) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  store: Store,
  logs: LogSource,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://demo");
  const path = url.pathname;
  if (/^\/(healthz|livez|readyz)$/.test(path))
    return void response.writeHead(200, { "content-type": "text/plain" }).end("ok");
  if (request.method === "POST") {
    const answer = review(path, await readJson(request));
    if (answer) return sendJson(response, 201, answer);
    return sendStatus(response, 405, "MethodNotAllowed", "the demo only reads");
  }
  if (request.method !== "GET") return sendStatus(response, 405, "MethodNotAllowed", "the demo only reads");
  const found = discover(path);
  if (found) return sendJson(response, 200, found);
  const target = parseTarget(path);
  if (!target) return sendStatus(response, 404, "NotFound", "the server could not find the requested resource");
  const accept = request.headers.accept ?? "";
  const now = logs.now() / 1000;
  if (target.name === null) {
    if (/^(true|1)$/.test(url.searchParams.get("watch") ?? ""))
      return sendWatch(request, response, store, target, url.searchParams);
    return sendList(response, store, target, url.searchParams, accept, now);
  }
  const { resource, namespace, name, subresource } = target;
  const object = store.get(resource, namespace ?? "", name);
  if (!object) return sendStatus(response, 404, "NotFound", `${resource.resource} "${name}" not found`);
  if (subresource === "log" && resource.resource === "pods")
    return sendLog(request, response, logs, object, url.searchParams);
  if (subresource !== null)
    return sendStatus(response, 404, "NotFound", "the server could not find the requested resource");
  if (wantsTable(accept))
    return sendJson(response, 200, tableOf(resource, [object], String(store.version), "Metadata", now));
  sendJson(response, 200, object);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBody) return null;
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closeNow(server: Server): void {
  server.close();
  server.closeAllConnections();
}
