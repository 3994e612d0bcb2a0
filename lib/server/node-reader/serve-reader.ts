import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

import { ConfigError } from "../config/parse-config.ts";
import { wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import type { NodeDisk } from "../../protocol/node-disk.ts";
import { Containerd } from "../sources/containerd/containerd.ts";
import { readNodeDisk } from "../sources/containerd/read-node-disk.ts";
import { Kept } from "../stack/kept.ts";
import type { ReaderOptions } from "./reader-options.ts";
import { answerHeader, RequestCheck, signAnswer } from "./signature.ts";

/** How long one look at the disk is believed, in ms: writable layers are walked anew each time. */
const keptMs = 5_000;
/** Longest time for one look, in ms. */
const readMs = 60_000;
/** Stowage asks from one place; more than a few at a time are a mistake or an attack. */
const maxConnections = 32;

/** A running reader. `stop` ends after the requests that are under way. */
export type Reader = { readonly port: number; stop(): Promise<void> };

/** Serves `GET /livez` to anybody and `GET /v1/disk?node=NAME` to whoever holds the secret. Throws ConfigError where it cannot listen. */
export async function serveReader(options: ReaderOptions): Promise<Reader> {
  const containerd = new Containerd({ socket: options.socket, namespace: options.namespace });
  const disks = new Kept<string>(1);
  const stopping = new AbortController();
  const answer = answering(options, () =>
    disks.get("disk", keptMs, async () => {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(readMs)]);
      const { node, snapshotters } = options;
      const disk: NodeDisk = await readNodeDisk(containerd, { node, snapshotters, signal });
      return JSON.stringify(disk);
    }),
  );
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 10_000, maxHeaderSize: 8_192 },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = maxConnections;
  await listen(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : options.port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      stopping.abort();
      await closed;
      containerd.close();
    },
  };
}

async function listen(server: Server, { host, port }: ReaderOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ message }) => {
      reject(new ConfigError(`It cannot listen there: ${message}. Choose another address or port with --listen.`));
    });
    server.listen(port, host, resolve);
  });
}

function answering({ secret, node }: ReaderOptions, disk: () => Promise<string>) {
  const requests = secret === null ? null : new RequestCheck(secret);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? "";
    const method = request.method ?? "";
    let nonce: string | null = null;
    const send = (status: number, body: string): void => {
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        ...(secret !== null && nonce !== null ? { [answerHeader]: signAnswer(secret, nonce, status, body) } : {}),
        // Nothing that is sent is read: a request with a body ends the connection.
        ...(method === "GET" ? {} : { connection: "close" }),
      });
      response.end(body);
    };
    if (method !== "GET") return send(405, refusal("only GET"));
    if (target === "/livez") return send(200, '{"status":"ok"}');
    if (requests) {
      const checked = requests.check(method, target, request.headers.authorization);
      if ("refused" in checked) {
        log.warn("reader.refused", { because: checked.refused, from: request.socket.remoteAddress ?? "" });
        return send(checked.refused === "busy" ? 503 : 401, refusal(checked.refused));
      }
      ({ nonce } = checked);
    } else if (!isLocalHost(request.headers.host)) {
      // Without a secret a page in a browser here could otherwise ask by a name of its own that leads to this machine.
      return send(403, refusal("unknown host"));
    }
    const wanted = nodeIn(target);
    if (wanted === undefined) return send(404, refusal("no such address"));
    if (node !== null && wanted !== null && wanted !== node) return send(404, refusal("another node"));
    try {
      send(200, await disk());
    } catch (thrown) {
      const told = wireErrorOf(thrown);
      log.warn("reader.failed", { code: told.code, detail: told.detail ?? String(thrown) });
      send(502, JSON.stringify({ error: told }));
    }
  };
}

/** The node that is asked for, null for none; undefined for another address. */
function nodeIn(target: string): string | null | undefined {
  const at = target.indexOf("?");
  if ((at < 0 ? target : target.slice(0, at)) !== "/v1/disk") return undefined;
  return at < 0 ? null : new URLSearchParams(target.slice(at + 1)).get("node");
}

function refusal(because: string): string {
  return JSON.stringify({ error: { code: "forbidden", detail: because } });
}

function isLocalHost(host: string | undefined): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host ?? "");
}
