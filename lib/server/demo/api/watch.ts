import type { IncomingMessage, ServerResponse } from "node:http";

import { sendStatus, statusObject } from "./answers.ts";
import type { Target } from "./parse-target.ts";
import { groupVersion } from "./resources.ts";
import { selects } from "./selectors.ts";
import type { Store, StoreEvent } from "./store.ts";

/** How often a watch that asked for bookmarks gets one, in ms. */
const bookmarkMs = 30_000;
/** A watch whose reader is further behind than this is ended, in bytes; an API server does the same. */
const maxBehind = 64 * 1024 * 1024;

/**
 * `GET …?watch=true`: what there is and then what changes (`sendInitialEvents`), or what changed after a version. Ends with an
 * ERROR event of 410 when the version is older than what is remembered.
 */
export function sendWatch(
  request: IncomingMessage,
  response: ServerResponse,
  store: Store,
  target: Target,
  query: URLSearchParams,
): void {
  const { resource, namespace } = target;
  const bookmarks = query.get("allowWatchBookmarks") === "true";
  const initial = query.get("sendInitialEvents") === "true";
  if (initial && query.get("resourceVersionMatch") !== "NotOlderThan") {
    return sendStatus(
      response,
      422,
      "Invalid",
      "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
    );
  }
  const asked = query.get("resourceVersion") ?? "";
  const since = initial || asked === "" || asked === "0" ? store.version : Number(asked);
  response.writeHead(200, { "content-type": "application/json", "transfer-encoding": "chunked" });
  if (!Number.isInteger(since) || !store.remembers(resource, since)) {
    const gone = statusObject(410, "Expired", `too old resource version: ${asked}`);
    response.end(`${JSON.stringify({ type: "ERROR", object: gone })}\n`);
    return;
  }
  const write = (event: object) => {
    if (response.writableLength > maxBehind) response.destroy();
    else response.write(`${JSON.stringify(event)}\n`);
  };
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = {
      resourceVersion: String(store.version),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    };
    write({ type: "BOOKMARK", object: { kind: resource.kind, apiVersion: groupVersion(resource), metadata } });
  };
  const meant = ({ object }: StoreEvent) =>
    (namespace === null || object.metadata?.namespace === namespace) && selects(query, object);
  if (initial || asked === "" || asked === "0") {
    for (const object of store.list(resource, namespace)) if (selects(query, object)) write({ type: "ADDED", object });
  }
  if (initial && bookmarks) bookmark({ "k8s.io/initial-events-end": "true" });
  const stop = store.watch(resource, since, (event) => {
    if (meant(event)) write({ type: event.type, object: event.object });
  });
  const ticking = bookmarks ? setInterval(() => bookmark(), bookmarkMs).unref() : undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? 0);
  const ending = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000).unref() : undefined;
  request.on("close", () => {
    stop();
    clearInterval(ticking);
    clearTimeout(ending);
  });
}
