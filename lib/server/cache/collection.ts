import type { Kind, KindSide } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { WireError } from "../../protocol/error.ts";
import { pause } from "../../shared/pause.ts";
import { wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import type { WatchSink } from "../watch/watch-sink.ts";
import type { Scope } from "../access/scope.ts";
import type { CollectionStatus, RowListener, RowSource } from "./row-source.ts";
import { Rows } from "./rows.ts";

/** Starts one watch on a namespace, or on all; it runs until the signal aborts. */
export type Watcher = (namespace: string | null, sink: WatchSink, signal: AbortSignal) => void;

export type CollectionOptions = {
  source: string;
  kind: Kind;
  /** That of the kind which this type of source has. */
  project: KindSide["project"];
  watch: Watcher;
  /** The namespaces that the cache's own credential may watch. Throws while the source does not answer. */
  readerScope: () => Promise<Scope>;
  /** How long it stays watched when nobody looks any more, in ms. */
  idleMs: number;
  now?: () => number;
};

/** Changes are handed on this much later, together, in ms: a rollout is one message and not fifty. */
const flushMs = 10;
/** How often a reader that may not see everything asks whether it may see more or less, and one that was refused asks again, in ms. */
const rescopeMs = 30_000;
const retryMs = 2_000;

type Part = {
  stop: AbortController;
  /** What the signal says too, whose getter costs more than everything else that is asked at each event. */
  stopped: boolean;
  synced: boolean;
  unseen: Set<string> | null;
  trouble: { error: WireError; since: number } | null;
};

/**
 * The cache of one kind in one source: one watch on all namespaces, or one for each namespace that the reader may see. It is
 * watched while somebody holds it and forgets its rows when nobody did for the idle time.
 */
export class Collection implements RowSource {
  readonly source: string;
  readonly kind: Kind;
  private readonly options: CollectionOptions;
  private readonly store: Rows;
  private readonly parts = new Map<string, Part>();
  private readonly listeners = new Set<RowListener>();
  private readonly now: () => number;
  private holders = 0;
  private running: AbortController | null = null;
  private idle: NodeJS.Timeout | null = null;
  private flushing: NodeJS.Timeout | null = null;
  private told: CollectionStatus;
  private refused: WireError | null = null;
  /** What the reader may watch, as far as is known: a reader that may watch nothing has no parts and never will be live. */
  private reach: "unknown" | "none" | "some" = "unknown";

  constructor(options: CollectionOptions) {
    this.options = options;
    this.source = options.source;
    this.kind = options.kind;
    this.store = new Rows(options.source, options.project);
    this.now = options.now ?? Date.now;
    this.told = { state: "off", since: this.now() / 1000 };
  }

  get size(): number {
    return this.store.map.size;
  }

  rows(): Iterable<Row> {
    return this.store.map.values();
  }

  get(key: string): Row | undefined {
    return this.store.map.get(key);
  }

  status(): CollectionStatus {
    return this.told;
  }

  listen(listener: RowListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  acquire(): () => void {
    this.holders += 1;
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    if (!this.running) this.start();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.holders -= 1;
      if (this.holders > 0) return;
      this.idle = setTimeout(() => this.stop(), this.options.idleMs);
      this.idle.unref();
    };
  }

  /** Ends its watches and forgets its rows. */
  stop(): void {
    this.running?.abort();
    this.running = null;
    this.refused = null;
    this.reach = "unknown";
    for (const namespace of this.parts.keys()) this.drop(namespace);
    this.store.clear();
    this.flush();
  }

  private start(): void {
    const running = new AbortController();
    this.running = running;
    this.tell();
    void this.follow(running.signal);
  }

  /** Keeps the watches equal to what the reader may see, for as long as the collection runs. */
  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let wait = rescopeMs;
      try {
        const scope = await this.options.readerScope();
        if (signal.aborted) return;
        this.refused = null;
        this.watchScope(scope, signal);
      } catch (thrown) {
        if (signal.aborted) return;
        this.refused = wireErrorOf(thrown);
        log.warn("cache.scope-unknown", { source: this.source, kind: this.kind.id, code: this.refused.code });
        wait = retryMs;
      }
      this.tell();
      await pause(wait, signal);
    }
  }

  private watchScope(scope: Scope, signal: AbortSignal): void {
    const wanted = new Set(scope === "all" ? ["*"] : this.kind.namespaced ? scope : []);
    this.reach = wanted.size === 0 ? "none" : "some";
    for (const namespace of this.parts.keys()) {
      if (!wanted.has(namespace)) this.drop(namespace);
    }
    for (const namespace of wanted) {
      if (this.parts.has(namespace)) continue;
      const part: Part = { stop: new AbortController(), stopped: false, synced: false, unseen: null, trouble: null };
      this.parts.set(namespace, part);
      const watched = namespace === "*" ? null : namespace;
      this.options.watch(watched, this.sink(part, watched), AbortSignal.any([signal, part.stop.signal]));
    }
    if (wanted.size === 0 && this.store.map.size > 0) {
      this.store.clear();
      this.schedule();
    }
  }

  private drop(namespace: string): void {
    const part = this.parts.get(namespace);
    this.parts.delete(namespace);
    if (part) {
      part.stopped = true;
      part.stop.abort();
    }
    for (const row of this.store.map.values()) {
      if (namespace === "*" || row.namespace === namespace) this.store.removeKey(row.key);
    }
    this.schedule();
  }

  private sink(part: Part, namespace: string | null): WatchSink {
    const { store } = this;
    const alive = () => !part.stopped;
    return {
      begin: () => {
        const keys = [...store.map.values()]
          .filter((row) => namespace === null || row.namespace === namespace)
          .map((row) => row.key);
        part.unseen = new Set(keys);
      },
      put: (object) => {
        if (!alive()) return;
        const key = store.put(object);
        if (key !== null) part.unseen?.delete(key);
        this.schedule();
      },
      remove: (object) => {
        if (!alive()) return;
        store.remove(object);
        this.schedule();
      },
      synced: () => {
        if (!alive()) return;
        for (const key of part.unseen ?? []) store.removeKey(key);
        part.unseen = null;
        part.synced = true;
        part.trouble = null;
        this.flush();
      },
      trouble: (error, since) => {
        if (!alive()) return;
        part.trouble = { error, since };
        this.flush();
      },
      alive: () => {
        if (!alive()) return;
        part.trouble = null;
        this.flush();
      },
    };
  }

  private schedule(): void {
    this.flushing ??= setTimeout(() => this.flush(), flushMs);
  }

  flush(): void {
    if (this.flushing) clearTimeout(this.flushing);
    this.flushing = null;
    const changes = this.store.take();
    if (changes.length > 0) for (const listener of this.listeners) listener.changed(changes);
    this.tell();
  }

  private tell(): void {
    const next = this.judge();
    if (next.state === this.told.state && next.error === this.told.error) return;
    this.told = next;
    for (const listener of this.listeners) listener.status();
  }

  private judge(): CollectionStatus {
    const now = this.now() / 1000;
    if (!this.running) return { state: "off", since: now };
    if (this.refused)
      return { state: this.store.map.size > 0 ? "stale" : "down", since: now, error: words(this.refused) };
    const parts = [...this.parts.values()];
    const troubled = parts.find((part) => part.trouble !== null);
    if (troubled?.trouble) {
      const { error, since } = troubled.trouble;
      return { state: troubled.synced ? "stale" : "down", since: since / 1000, error: words(error) };
    }
    if (this.reach === "none") return { state: "forbidden", since: now };
    const synced = this.reach === "some" && parts.every((part) => part.synced);
    return { state: synced ? "live" : "syncing", since: now };
  }
}

function words(error: WireError): string {
  return error.detail ?? error.code;
}
