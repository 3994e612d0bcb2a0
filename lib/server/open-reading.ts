import type { Kind } from "../kinds/kind.ts";
import type { Cell } from "../protocol/cell.ts";
import type { OpeningMessage } from "../protocol/live.ts";
import type { SourceSummary } from "../protocol/overview.ts";
import type { Query, Snapshot } from "../protocol/query.ts";
import type { Ref } from "../protocol/ref.ts";
import { keyOf, refOf } from "../protocol/ref.ts";
import { pause } from "../shared/pause.ts";
import { printYaml } from "../shared/print-yaml.ts";
import type { Credential, Person } from "./access/person.ts";
import { reader } from "./access/reader.ts";
import { ScopeResolver } from "./access/scope-resolver.ts";
import { Catalog } from "./cache/catalog.ts";
import type { Watcher } from "./cache/collection.ts";
import { StowageError } from "./error.ts";
import { completeValues } from "./live/complete.ts";
import type { Feed } from "./live/feed.ts";
import { LiveQuery } from "./live/live-query.ts";
import { OverviewFeed } from "./live/overview-feed.ts";
import { Resumable } from "./live/resumable.ts";
import { Views } from "./live/views.ts";
import { openEngineLog } from "./logs/open-engine-log.ts";
import { openLog } from "./logs/open-log.ts";
import { ObjectFeed } from "./objects/object-feed.ts";
import { readEngineObject } from "./objects/read-engine-object.ts";
import { basePath, objectPath, readObject } from "./objects/read-object.ts";
import type { EngineSource } from "./sources/docker/engine-source.ts";
import type { ClusterSource } from "./sources/kubernetes/cluster-source.ts";
import { mayListAndWatch } from "./sources/kubernetes/reviews.ts";
import type { Stowage } from "./stowage.ts";
import { rowsFeed } from "./stream/rows-feed.ts";
import { watchEngine } from "./watch/watch-engine.ts";
import { startWatch } from "./watch/start-watch.ts";

export type ReadingOptions = {
  readonly clusters: readonly ClusterSource[];
  readonly engines: readonly EngineSource[];
  /** Namespaces to try for people who may not list namespaces. */
  readonly namespaces: readonly string[];
  readonly idleMs: number;
};

type Doors = Pick<Stowage, "rows" | "table" | "overview" | "object" | "yaml" | "sources" | "complete">;

/** All that reads: the shared cache, and what each person is given of it or reads with their own credential. */
export type Reading = {
  readonly doors: Doors;
  readonly catalog: Catalog;
  readonly scopes: ScopeResolver;
  /** Throws `unknown-source`. */
  readonly cluster: (slug: string) => ClusterSource;
  /** Throws `unknown-source`, also where the person has no credential for it. */
  readonly engine: (person: Person, slug: string) => EngineSource;
  /** The person's own; throws `unknown-source` where there is none, as for a source that does not exist. */
  readonly credential: (person: Person, slug: string) => Credential;
  /** Opens what a tab asks to follow. */
  open(person: Person, message: Exclude<OpeningMessage, { t: "terminal" }>): Promise<Feed>;
  /** Begins to watch what the first page shows, so that it is there when the browser is. */
  warmUp(): void;
  dispose(): void;
};

/** A first page waits this long for rows of a cold source, in ms. */
const coldWaitMs = 150;
/** Somebody's namespaces are found out with those names that are known after this time, in ms. */
const namesWaitMs = 5_000;
/** A script rather waits for whole rows than be told of none, in ms. */
const tableWaitMs = 10_000;

export function openReading({ clusters: ofClusters, engines: ofEngines, namespaces, idleMs }: ReadingOptions): Reading {
  const all: readonly (ClusterSource | EngineSource)[] = [...ofClusters, ...ofEngines];
  const clusters = new Map(ofClusters.map((source) => [source.slug, source]));
  const engines = new Map(ofEngines.map((source) => [source.slug, source]));
  const versions = new Map<string, string>();
  const scopes = new ScopeResolver({
    isOpen: (source) => engines.has(source),
    ask: (source, credential, api, namespace) =>
      mayListAndWatch(clusterOf(source), credential, { group: api.group, resource: api.resource, namespace }),
    namespaces: (source) => candidates(source),
  });
  const catalog = new Catalog({
    sources: all,
    watcher,
    readerScope: (source, kind) => scopes.scope(reader, source, kind),
    idleMs,
  });
  const views = new Views(catalog);
  const resumable = new Resumable();
  const doors = { catalog, scopes, views };
  const overviewDoors = { catalog, scopes, summary: summaryOf };

  /**
   * Namespaces worth asking for one by one: the known ones, the kubeconfig's own, and those of the configuration. Waits for the names
   * of a source that nobody looked at lately: without them somebody who may see one namespace would see nothing.
   */
  async function candidates(slug: string): Promise<readonly string[]> {
    const known = catalog.rows(slug, catalog.kind("namespaces"));
    const release = known.acquire();
    try {
      const stop = new AbortController();
      const isCold = () => ["off", "syncing", "down"].includes(known.status().state);
      for (const end = Date.now() + namesWaitMs; isCold() && Date.now() < end;) await pause(10, stop.signal);
    } finally {
      release();
    }
    const names = [...known.rows()].map((row) => row.key.slice(slug.length + 1));
    return [...new Set([...names, ...clusterOf(slug).namespaces, ...namespaces])];
  }

  function watcher(slug: string, { api, engine: side }: Kind): Watcher {
    const source = sourceOf(slug);
    return (namespace, sink, signal) => {
      if (source.type === "cluster" && api) {
        const { transport } = source;
        void startWatch({ source: slug, transport, api, namespace, credential: { type: "reader" } }, sink, { signal });
      } else if (source.type === "engine" && side) {
        void watchEngine({ source: slug, engine: source.engine, resource: side.resource }, sink, { signal });
      }
    };
  }

  function sourceOf(slug: string): ClusterSource | EngineSource {
    return engines.get(slug) ?? clusterOf(slug);
  }

  function clusterOf(slug: string): ClusterSource {
    const source = clusters.get(slug);
    if (!source) throw new StowageError("unknown-source", slug);
    return source;
  }

  function engineOf(person: Person, slug: string): EngineSource {
    const source = engines.get(slug);
    if (!source || !person.credential(slug)) throw new StowageError("unknown-source", slug);
    return source;
  }

  function summaryOf(slug: string) {
    const source = sourceOf(slug);
    if (!versions.has(slug)) void learnVersion(source);
    return { type: source.type, title: source.title, version: versions.get(slug) ?? null };
  }

  async function learnVersion(source: ClusterSource | EngineSource): Promise<void> {
    versions.set(source.slug, "");
    try {
      const version =
        source.type === "cluster"
          ? (await source.version({ type: "reader" })).gitVersion
          : (await source.engine.version()).version;
      versions.set(source.slug, version);
    } catch {
      versions.delete(source.slug);
    }
  }

  function credentialFor(person: Person, slug: string): Credential {
    const credential = person.credential(slug);
    if (!credential) throw new StowageError("unknown-source", slug);
    return credential;
  }

  async function read(person: Person, { kind: id, source: slug, path }: Ref) {
    const kind = catalog.kind(id);
    const credential = credentialFor(person, slug);
    const source = sourceOf(slug);
    if (source.type === "cluster") return await readObject(source, ...placeOf(kind, slug, path), credential);
    if (!kind.engine) throw new StowageError("unknown-kind", id);
    return await readEngineObject(source.engine, kind.engine.resource, path);
  }

  /** Where an object is read: that of a container in a cluster is its pod. */
  function placeOf(kind: Kind, source: string, path: string): [kind: Kind, path: string] {
    const base = catalog.baseOf(source, kind);
    return [base, base === kind ? path : basePath(kind, path)];
  }

  async function openRows(person: Person, query: Query): Promise<LiveQuery> {
    return await LiveQuery.open(person, query, doors);
  }

  async function open(person: Person, message: Exclude<OpeningMessage, { t: "terminal" }>): Promise<Feed> {
    switch (message.t) {
      case "rows": {
        const resumed = message.resume === undefined ? null : resumable.take(message.resume, person.id);
        return rowsFeed(resumed ?? (await openRows(person, message.query)));
      }
      case "overview":
        return await OverviewFeed.open(person, message.in, overviewDoors, { brief: message.brief });
      case "object": {
        const { kind: id, source, path } = message;
        const kind = catalog.kind(id);
        credentialFor(person, source);
        const [base, place] = placeOf(kind, source, path);
        return new ObjectFeed({
          rows: catalog.rows(source, base),
          key: keyOf(source, place),
          known: message.version,
          read: () => read(person, { kind: id, source, path }),
        });
      }
      case "logs":
        if (engines.has(message.source)) {
          const { engine } = engineOf(person, message.source);
          return await openEngineLog(engine, message, async () => void engineOf(person, message.source));
        }
        return await openLog(clusterOf(message.source), credentialFor(person, message.source), message);
    }
  }

  return {
    doors: {
      async rows(person, query, { resume }): Promise<Snapshot> {
        const live = await openRows(person, query);
        await settle(live, coldWaitMs);
        const snapshot = live.snapshot();
        if (resume) return { ...snapshot, resume: resumable.keep(live) };
        live.close();
        return snapshot;
      },
      async table(person, query) {
        const live = await openRows(person, query);
        try {
          await settle(live, tableWaitMs);
          const { total, rows, columns, sources: states } = live.snapshot({ exact: true });
          const named = rows.map(([key, ...cells]) => {
            const row: Record<string, Cell> = { key, source: refOf(query.kind, key).source };
            for (const [index, id] of columns.entries()) row[id] = cells[index] ?? null;
            return row;
          });
          return { total, rows: named, sources: states };
        } finally {
          live.close();
        }
      },
      async overview(person, wanted) {
        const feed = await OverviewFeed.open(person, wanted, overviewDoors);
        await settle(feed, coldWaitMs);
        try {
          return feed.now();
        } finally {
          feed.close();
        }
      },
      object: read,
      async yaml(person, ref, { managedFields }) {
        const kind = catalog.kind(ref.kind);
        if (!managedFields || engines.has(ref.source)) return printYaml((await read(person, ref)).object).join("\n");
        const cluster = clusterOf(ref.source);
        const path = objectPath(...placeOf(kind, ref.source, ref.path));
        return printYaml(await cluster.getJson(path, credentialFor(person, ref.source))).join("\n");
      },
      sources(person): SourceSummary[] {
        return all
          .filter((source) => person.credential(source.slug) !== null)
          .map((source) => {
            const main = catalog.kind(source.type === "cluster" ? "pods" : "containers");
            const state = { source: source.slug, ...catalog.rows(source.slug, main).status(), scope: "all" as const };
            return { ...state, ...summaryOf(source.slug), nodes: null, pods: null, containers: null };
          });
      },
      async complete(person, question) {
        return await completeValues(person, question, doors);
      },
    },
    catalog,
    scopes,
    cluster: clusterOf,
    engine: engineOf,
    credential: credentialFor,
    open,
    warmUp() {
      // Held and let go at once: it stays watched for the idle time.
      for (const slug of clusters.keys()) {
        for (const id of ["namespaces", "pods", "nodes", "deployments.apps"])
          catalog.rows(slug, catalog.kind(id)).acquire()();
      }
      for (const slug of engines.keys()) catalog.rows(slug, catalog.kind("containers")).acquire()();
    },
    dispose() {
      resumable.dispose();
      views.dispose();
      catalog.dispose();
    },
  };
}

/** Waits until there is nothing more to wait for, at most so long. */
async function settle(feed: { readonly settled: boolean }, ms: number): Promise<void> {
  const stop = new AbortController();
  for (const end = Date.now() + ms; !feed.settled && Date.now() < end;) await pause(10, stop.signal);
}
