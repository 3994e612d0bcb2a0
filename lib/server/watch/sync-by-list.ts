import type { KubeObject } from "../../protocol/object.ts";
import { StowageError } from "../error.ts";
import { errorOfAnswer } from "../sources/kubernetes/kube-error.ts";
import { readBody, readSome } from "../sources/kubernetes/read-body.ts";
import { resourcePath } from "./resource-path.ts";
import type { WatchTarget } from "./start-watch.ts";
import type { WatchSink } from "./watch-sink.ts";

/** Objects a page: parsing one page blocks the event loop, and 250 pods of 10 KB do so for some 15 ms. */
const pageSize = 250;
/** No page of ordinary objects comes near; a server that sends more is not trusted with our memory. */
const maxPageBytes = 256 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
/** A `continue` token that expires (410) begins the list anew this often before it counts as trouble. */
const restarts = 3;

/** Reads a whole list in pages and gives the resourceVersion to watch from. For servers without WatchList. */
export async function syncByList(target: WatchTarget, sink: WatchSink, signal: AbortSignal): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const version = await listOnce(target, sink, signal);
    if (version !== null) return version;
    if (attempt === restarts) throw new StowageError("busy", "the list expired while it was read");
  }
}

async function listOnce(target: WatchTarget, sink: WatchSink, signal: AbortSignal): Promise<string | null> {
  sink.begin();
  let next = "";
  let version = "";
  do {
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (next !== "") query.set("continue", next);
    const response = await target.transport.request({
      method: "GET",
      path: `${resourcePath(target.api, target.namespace)}?${query}`,
      headers: { accept: "application/json" },
      credential: target.credential,
      signal,
    });
    if (response.status === 410) {
      response.body.destroy();
      return null;
    }
    if (response.status !== 200) {
      throw errorOfAnswer(response.status, response.headers, await readSome(response.body, maxErrorBytes));
    }
    const page = parsePage(await readBody(response.body, maxPageBytes));
    for (const item of page.items ?? []) sink.put(item);
    next = page.metadata?.continue ?? "";
    version = page.metadata?.resourceVersion ?? version;
  } while (next !== "");
  return version;
}

type Page = { metadata?: { continue?: string; resourceVersion?: string }; items?: KubeObject[] | null };

function parsePage(text: Buffer): Page {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch (cause) {
    throw new StowageError("source-refused", "a list that is no JSON", { cause });
  }
}
