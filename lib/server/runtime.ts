import { randomUUID } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

import type { Cell } from "../protocol/cell.ts";
import type { OpeningMessage } from "../protocol/live.ts";
import type { SourceSummary } from "../protocol/overview.ts";
import type { Query, Snapshot } from "../protocol/query.ts";
import type { Ref } from "../protocol/ref.ts";
import { keyOf, refOf } from "../protocol/ref.ts";
import { pause } from "../shared/pause.ts";
import { printYaml } from "../shared/print-yaml.ts";
import type { RequestHeaders } from "./access/access-door.ts";
import { openAccess } from "./access/open-access.ts";
import type { Access } from "./access/open-access.ts";
import type { Credential, Person } from "./access/person.ts";
import { ScopeResolver } from "./access/scope-resolver.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { openAudit } from "./audit/open-audit.ts";
import { openActions } from "./actions/open-actions.ts";
import { Catalog } from "./cache/catalog.ts";
import type { Config, ConsoleConfig } from "./config/parse-config.ts";
import { stateFolder } from "./config/state-folder.ts";
import { version } from "./config/version.ts";
import { openDatabase } from "./db/open-database.ts";
import type { Demo } from "./demo/start-demo.ts";
import { startDemo } from "./demo/start-demo.ts";
import { demoHistory, demoStatusPage } from "./demo/story/status-page.ts";
import { StowageError, wireErrorOf } from "./error.ts";
import { completeValues } from "./live/complete.ts";
import { LiveQuery } from "./live/live-query.ts";
import { OverviewFeed } from "./live/overview-feed.ts";
import { Resumable } from "./live/resumable.ts";
import { Views } from "./live/views.ts";
import { log } from "./log.ts";
import { openLog } from "./logs/open-log.ts";
import { ObjectFeed } from "./objects/object-feed.ts";
import { basePath, objectPath, readObject } from "./objects/read-object.ts";
import type { ClusterSource } from "./sources/kubernetes/cluster-source.ts";
import type { PassThroughParts } from "./http/pass-through/pass-through.ts";
import { openClusters } from "./sources/kubernetes/open-clusters.ts";
import { openContext } from "./sources/kubernetes/open-context.ts";
import { mayListAndWatch } from "./sources/kubernetes/reviews.ts";
import { openStatus, readStatusConfig } from "./status/open-status.ts";
import type { StatusSite } from "./status/site/status-site.ts";
import type { Stowage } from "./stowage.ts";
import type { Feed } from "./live/feed.ts";
import { rowsFeed } from "./stream/rows-feed.ts";
import type { TabDoors } from "./stream/tab.ts";
import { auditTerminals } from "./terminals/audit-terminals.ts";
import { mayExec } from "./terminals/may-exec.ts";
import { Terminals } from "./terminals/terminals.ts";
import { startWatch } from "./watch/start-watch.ts";

export type Runtime = {
  readonly stowage: Stowage;
  readonly access: Access;
  readonly sourceCount: number;
  /** What a tab's socket needs, for whoever opened it with these headers. */
  tabDoors(headers: RequestHeaders, person: Person): TabDoors;
  /** What `/api/clusters/{source}` needs to pass the Kubernetes API through. */
  readonly passThroughDoors: Omit<PassThroughParts, "rules">;
  /** The public status page, which answers for itself. */
  readonly statusSite: StatusSite;
  /** Begins to watch what the first page shows, so that it is there when the browser is. */
  warmUp(): void;
  dispose(): Promise<void>;
};

/** A first page waits this long for rows of a cold source, in ms. */
const coldWaitMs = 150;
/** Somebody's namespaces are found out with those names that are known after this time, in ms. */
const namesWaitMs = 5_000;
/** A script rather waits for whole rows than be told of none, in ms. */
const tableWaitMs = 10_000;

const reader: Person = {
  id: "reader",
  account: "reader",
  name: "",
  role: "admin",
  session: null,
  address: "",
  credential: () => ({ type: "reader" }),
};

/** The composition root: sources, cache, views and doors, put together once a process, and the Stowage that pages reach. */
export async function createRuntime(config: ConsoleConfig, port: number): Promise<Runtime> {
  const clusters = await openSources(config);
  const database = config.database ?? usualDatabase(clusters.demo !== null);
  const db = await openDatabase(database);
  const auditLog = new AuditLog(db);
  const sources = new Map(clusters.sources.map((source) => [source.slug, source]));
  const versions = new Map<string, string>();

  const scopes = new ScopeResolver({
    ask: (source, credential, api, namespace) =>
      mayListAndWatch(sourceOf(source), credential, { group: api.group, resource: api.resource, namespace }),
    namespaces: (source) => candidates(source),
  });
  const catalog = new Catalog({
    sources: [...sources.keys()],
    watcher: (slug) => (api, namespace, sink, signal) => {
      const { transport } = sourceOf(slug);
      void startWatch({ source: slug, transport, api, namespace, credential: { type: "reader" } }, sink, { signal });
    },
    readerScope: (source, kind) => scopes.scope(reader, source, kind),
    idleMs: config.idleMs,
  });
  const views = new Views(catalog);
  const resumable = new Resumable();
  const terminals = new Terminals(auditTerminals(auditLog));
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
    return [...new Set([...names, ...sourceOf(slug).namespaces, ...config.namespaces])];
  }

  function sourceOf(slug: string): ClusterSource {
    const source = sources.get(slug);
    if (!source) throw new StowageError("unknown-source", slug);
    return source;
  }

  function summaryOf(slug: string) {
    const source = sourceOf(slug);
    if (!versions.has(slug)) void learnVersion(source);
    return { type: "cluster" as const, title: source.title, version: versions.get(slug) ?? null };
  }

  async function learnVersion(source: ClusterSource): Promise<void> {
    versions.set(source.slug, "");
    try {
      versions.set(source.slug, (await source.version({ type: "reader" })).gitVersion);
    } catch {
      versions.delete(source.slug);
    }
  }

  function credentialFor(person: Person, slug: string): Credential {
    const credential = person.credential(slug);
    if (!credential) throw new StowageError("unknown-source", slug);
    return credential;
  }

  function read(person: Person, { kind: id, source: slug, path }: Ref) {
    const kind = catalog.kind(id);
    return readObject(sourceOf(slug), catalog.baseOf(kind), basePath(kind, path), credentialFor(person, slug));
  }

  async function openRows(person: Person, query: Query): Promise<LiveQuery> {
    return await LiveQuery.open(person, query, doors);
  }

  async function open(person: Person, message: OpeningMessage, stands: () => boolean): Promise<Feed> {
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
        return new ObjectFeed({
          rows: catalog.rows(source, catalog.baseOf(kind)),
          key: keyOf(source, basePath(kind, path)),
          known: message.version,
          read: () => read(person, { kind: id, source, path }),
        });
      }
      case "logs":
        return await openLog(sourceOf(message.source), credentialFor(person, message.source), message);
      case "terminal": {
        const viewer = { person, credential: credentialFor(person, message.source), stands };
        return await terminals.feed(sourceOf(message.source), viewer, message);
      }
    }
  }

  const localPerson: Person = { ...reader, id: "local", account: "local", name: clusters.sources[0]?.title ?? "" };

  const ended = () => terminals.recheckSessions();
  const asked = { config, port, db, database, audit: auditLog, sources: clusters.sources, localPerson, ended };
  const access = openAccess(asked);

  const status = openStatus({
    db,
    audit: auditLog,
    config: readStatusConfig(config.statusConfig, clusters.demo ? demoStatusPage : ""),
    catalog,
    scope: (person, source, kind) => scopes.scope(person, source, kind),
    past: clusters.demo && config.statusConfig === null ? demoHistory(Date.now()) : null,
  });

  const stowage: Stowage = {
    face: config.face,
    status: status.door,
    demo: clusters.demo !== null,
    audit: openAudit(db),
    lookedFor: clusters.lookedFor,
    person: access.person,
    access: access.door,
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
    tell(thrown) {
      const error = wireErrorOf(thrown);
      if (error.code === "internal") {
        log.error("request.failed", {
          message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
        });
      }
      return error;
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
      if (!managedFields) return printYaml((await read(person, ref)).object).join("\n");
      const path = objectPath(catalog.baseOf(kind), basePath(kind, ref.path));
      return printYaml(await sourceOf(ref.source).getJson(path, credentialFor(person, ref.source))).join("\n");
    },
    sources(person): SourceSummary[] {
      return clusters.sources
        .filter((source) => person.credential(source.slug) !== null)
        .map((source) => {
          const status = catalog.rows(source.slug, catalog.kind("pods")).status();
          return { source: source.slug, ...status, scope: "all", ...summaryOf(source.slug), nodes: null, pods: null };
        });
    },
    async mayOpenTerminal(person, { source, namespace, pod }) {
      return await mayExec(sourceOf(source), credentialFor(person, source), { namespace, pod });
    },
    async complete(person, question) {
      return await completeValues(person, question, doors);
    },
    actions: openActions({ db, source: sourceOf, credential: credentialFor }),
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for("stowage.runtime")] = stowage;

  const boot = randomUUID();
  return {
    stowage,
    access,
    sourceCount: sources.size,
    passThroughDoors: {
      find: (headers) => stowage.person(headers),
      source: (slug) => sources.get(slug),
      audit: auditLog,
    },
    tabDoors: (headers, person) => ({
      boot,
      open: (who, message) => open(who, message, () => access.standsNow(headers, person)),
      stands: () => access.stands(headers, person),
    }),
    statusSite: status.site,
    warmUp() {
      void status.start();
      for (const slug of sources.keys()) {
        for (const id of ["namespaces", "pods", "nodes", "deployments.apps"]) {
          // Held and let go at once: it stays watched for the idle time.
          catalog.rows(slug, catalog.kind(id)).acquire()();
        }
      }
    },
    async dispose() {
      await status.stop();
      await terminals.dispose();
      resumable.dispose();
      views.dispose();
      catalog.dispose();
      for (const source of clusters.sources) source.close();
      clusters.demo?.close();
      await db.destroy();
    },
  };
}

/** What a demo was told is forgotten with it; everything else is kept in the person's state folder. */
function usualDatabase(demo: boolean): string {
  return demo ? "sqlite::memory:" : `sqlite:${join(stateFolder(process.env, homedir()), "stowage.db")}`;
}

/** Waits until there is nothing more to wait for, at most so long. */
async function settle(feed: { readonly settled: boolean }, ms: number): Promise<void> {
  const stop = new AbortController();
  for (const end = Date.now() + ms; !feed.settled && Date.now() < end;) await pause(10, stop.signal);
}

type OpenSources = { sources: readonly ClusterSource[]; lookedFor: readonly string[]; demo: Demo | null };

/** The clusters of the kubeconfig, or those of the demo world: when it was asked for, or when there is nothing else. */
async function openSources(config: Config): Promise<OpenSources> {
  const options = { allowExec: config.face === "local", version };
  if (config.demo === "asked") return await openDemo(config, []);
  const env = { ...process.env, ...(config.kubeconfig === null ? {} : { KUBECONFIG: config.kubeconfig }) };
  const found = await openClusters({ ...options, env, home: homedir(), contexts: config.contexts });
  for (const problem of found.problems) log.warn("sources.problem", { problem });
  const lonely = found.sources.length === 0 && found.problems.length === 0;
  if (lonely && config.demo === "if-lonely") return await openDemo(config, found.lookedFor);
  return { sources: found.sources, lookedFor: found.lookedFor, demo: null };
}

async function openDemo(config: Config, lookedFor: readonly string[]): Promise<OpenSources> {
  const demo = await startDemo({ nodes: config.demoNodes, pods: config.demoPods, churn: config.demoChurn });
  const sources = demo.clusters.map(({ name, url }) =>
    openContext(
      {
        name,
        file: "",
        namespace: null,
        cluster: { name, entry: { server: url } },
        user: { name: "visitor", entry: {} },
        problem: null,
      },
      { slug: name, aliases: [], title: name, defaultNamespace: null, namespaces: [] },
      // Nothing of this leaves the machine, and there is no secret in it.
      { env: {}, home: homedir(), allowExec: false, version, credentialsOverHttp: true },
    ),
  );
  return { sources, lookedFor, demo };
}
