import type { WireError } from "../../protocol/error.ts";
import type { KubernetesApi } from "../../kinds/kind.ts";
import type { Credential } from "../access/person.ts";
import { pause } from "../../shared/pause.ts";
import { StowageError, isStowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import { errorOfAnswer, isKubeError } from "../sources/kubernetes/kube-error.ts";
import { readSome } from "../sources/kubernetes/read-body.ts";
import type { KubeResponse, Transport } from "../sources/kubernetes/transport.ts";
import { Backoff } from "../../shared/backoff.ts";
import { LineSplitter } from "./lines.ts";
import { resourcePath } from "./resource-path.ts";
import { syncByList } from "./sync-by-list.ts";
import { parseWatchEvent } from "./watch-event.ts";
import type { WatchSink } from "./watch-sink.ts";

export type WatchTarget = {
  /** For the log. */
  source: string;
  transport: Pick<Transport, "request">;
  api: KubernetesApi;
  /** null watches all namespaces. */
  namespace: string | null;
  credential: Credential;
};

export type WatchOptions = {
  signal: AbortSignal;
  now?: () => number;
  random?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** A stream that lived this long was not refused: its end is answered with an attempt at once. */
const livedMs = 1_000;
const delays = { first: 250, most: 8_000 };
/** The longest that a server's Retry-After is obeyed. */
const maxRetryAfterMs = 60_000;

/**
 * Keeps `sink` equal to what the API server has, until the signal aborts. WatchList first (one stream brings the state and then
 * the changes), paged LIST and WATCH where the server has no WatchList; resumes from the last event or bookmark; answers
 * 410 Gone with one full sync. Never rejects: whatever goes wrong is told to the sink and tried again.
 */
export async function startWatch(target: WatchTarget, sink: WatchSink, options: WatchOptions): Promise<void> {
  await new Watch(target, sink, options).run();
}

class Watch {
  /** Where to go on; null asks for a full sync. */
  private version: string | null = null;
  private watchList = true;
  private inTrouble = false;
  /** When the stream last said something, in ms. */
  private heard: number;
  private readonly backoff: Backoff;
  private readonly now: () => number;
  private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  private readonly target: WatchTarget;
  private readonly sink: WatchSink;
  private readonly signal: AbortSignal;

  constructor(target: WatchTarget, sink: WatchSink, options: WatchOptions) {
    this.target = target;
    this.sink = sink;
    this.signal = options.signal;
    this.now = options.now ?? Date.now;
    this.sleep = options.sleep ?? pause;
    this.backoff = new Backoff({ ...delays, ...(options.random ? { random: options.random } : {}) });
    this.heard = this.now();
  }

  async run(): Promise<void> {
    while (!this.signal.aborted) {
      const began = this.now();
      let wait: number | null = null;
      try {
        if (this.version === null && !this.watchList) await this.list();
        await this.stream();
      } catch (thrown) {
        if (this.signal.aborted) return;
        wait = this.failed(thrown, began);
      }
      if (this.now() - began >= livedMs) {
        this.backoff.reset();
        wait ??= 0;
      }
      await this.sleep(wait ?? this.backoff.next(), this.signal);
    }
  }

  /** Tells the sink and gives the milliseconds to wait, or null for the usual pause. */
  private failed(thrown: unknown, began: number): number | null {
    if (thrown instanceof NoWatchList) {
      this.watchList = false;
      return 0;
    }
    if (thrown instanceof Gone) {
      log.info("watch.gone", this.about());
      this.version = null;
      return 0;
    }
    const error = wireErrorOf(thrown);
    if (!isStowageError(thrown)) log.error("watch.failed", { ...this.about(), message: String(thrown) });
    const cutWhileLive = !this.inTrouble && this.now() - began >= livedMs;
    // A cut is noticed when it happens; a stream that is merely cut while changes flowed gets one attempt before it counts as lost.
    if (cutWhileLive && this.version !== null) {
      this.heard = this.now();
      this.inTrouble = true;
      this.sink.trouble(error, this.heard);
      return 0;
    }
    this.tellTrouble(error);
    const retryAfter = isKubeError(thrown) ? thrown.retryAfter : null;
    return retryAfter === null ? null : Math.min(retryAfter * 1000, maxRetryAfterMs);
  }

  private tellTrouble(error: WireError): void {
    if (!this.inTrouble) log.warn("watch.trouble", { ...this.about(), code: error.code, detail: error.detail });
    this.inTrouble = true;
    this.sink.trouble(error, this.heard);
  }

  private alive(): void {
    this.heard = this.now();
    if (!this.inTrouble) return;
    this.inTrouble = false;
    log.info("watch.alive", this.about());
    this.sink.alive();
  }

  private async list(): Promise<void> {
    this.version = await syncByList(this.target, this.sink, this.signal);
    this.alive();
    this.sink.synced();
  }

  /** One watch request from its beginning to its end; returns when the server ended it in order. */
  private async stream(): Promise<void> {
    const query = new URLSearchParams({ watch: "true", allowWatchBookmarks: "true" });
    const initial = this.version === null;
    if (this.version === null) {
      query.set("sendInitialEvents", "true");
      query.set("resourceVersionMatch", "NotOlderThan");
    } else {
      query.set("resourceVersion", this.version);
    }
    const stop = new AbortController();
    const response = await this.target.transport.request({
      method: "GET",
      path: `${resourcePath(this.target.api, this.target.namespace)}?${query}`,
      headers: { accept: "application/json" },
      credential: this.target.credential,
      signal: AbortSignal.any([this.signal, stop.signal]),
    });
    if (response.status !== 200) throw await refusal(response, initial);
    if (initial) this.sink.begin();
    else this.alive();
    try {
      await this.read(response);
    } finally {
      stop.abort();
      response.body.destroy();
    }
  }

  /** By events: an async iterator would make promises for each of ten thousand chunks of a full sync. */
  private async read({ body }: KubeResponse): Promise<void> {
    const lines = new LineSplitter((line) => this.event(line));
    await new Promise<void>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        this.heard = this.now();
        try {
          lines.push(chunk);
        } catch (thrown) {
          body.off("data", take).pause();
          reject(thrown);
        }
      };
      body.once("end", resolve).once("error", reject);
      body.once("close", () => reject(new StowageError("source-unreachable", "the stream was cut")));
      body.on("data", take);
    });
  }

  private event(line: Buffer): void {
    if (line.length === 0) return;
    const event = parseWatchEvent(line);
    switch (event.type) {
      case "ADDED":
      case "MODIFIED":
        this.sink.put(event.object);
        this.advance(event.version);
        return;
      case "DELETED":
        this.sink.remove(event.object);
        this.advance(event.version);
        return;
      case "BOOKMARK":
        if (event.initialEventsEnd) {
          this.version = event.version;
          this.alive();
          this.sink.synced();
        } else {
          this.advance(event.version);
        }
        return;
      case "ERROR":
        if (event.code === 410) throw new Gone();
        throw new StowageError(event.code === 429 || event.code === 503 ? "busy" : "source-refused", event.message);
    }
  }

  /** Before the sync is whole there is no place to go on from: a cut then begins again. */
  private advance(version: string): void {
    if (this.version !== null) this.version = version;
  }

  private about(): Record<string, string> {
    const { source, api, namespace } = this.target;
    return { source, resource: api.group ? `${api.resource}.${api.group}` : api.resource, namespace: namespace ?? "*" };
  }
}

class Gone extends Error {}
class NoWatchList extends Error {}

const maxErrorBytes = 64 * 1024;

/** The error that a refused watch stands for. Servers without WatchList answer `sendInitialEvents` with 422 or 400. */
async function refusal(response: KubeResponse, initial: boolean): Promise<Error> {
  const text = await readSome(response.body, maxErrorBytes).catch(() => "");
  if (response.status === 410) return new Gone();
  if (initial && (response.status === 422 || response.status === 400)) return new NoWatchList();
  return errorOfAnswer(response.status, response.headers, text);
}
