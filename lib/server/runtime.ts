import { randomUUID } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

import type { OpeningMessage } from "../protocol/live.ts";
import type { RequestHeaders } from "./access/access-door.ts";
import { openAccess } from "./access/open-access.ts";
import type { Access } from "./access/open-access.ts";
import type { Person } from "./access/person.ts";
import { reader } from "./access/reader.ts";
import { openActions } from "./actions/open-actions.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { openAudit } from "./audit/open-audit.ts";
import type { ConsoleConfig } from "./config/parse-config.ts";
import { stateFolder } from "./config/state-folder.ts";
import { openDatabase } from "./db/open-database.ts";
import { demoHistory, demoStatusPage } from "./demo/story/status-page.ts";
import { openEnginesDoor } from "./engines/engines-door.ts";
import { wireErrorOf } from "./error.ts";
import type { PassThroughParts } from "./http/pass-through/pass-through.ts";
import type { Feed } from "./live/feed.ts";
import { log } from "./log.ts";
import { findReaders } from "./node-reader/find-readers.ts";
import { NodeReaders } from "./node-reader/node-readers.ts";
import { openReading } from "./open-reading.ts";
import { openSources } from "./open-sources.ts";
import { dockerConfigCredentials } from "./registries/docker-config.ts";
import { listRegistries } from "./registries/list-registries.ts";
import { openRegistries } from "./registries/open-registries.ts";
import { openStack } from "./stack/open-stack.ts";
import { openStatus, readStatusConfig } from "./status/open-status.ts";
import type { StatusSite } from "./status/site/status-site.ts";
import type { Stowage } from "./stowage.ts";
import type { TabDoors } from "./stream/tab.ts";
import { auditTerminals } from "./terminals/audit-terminals.ts";
import { clusterShells, engineShells } from "./terminals/shell-host.ts";
import type { ShellHost } from "./terminals/shell-host.ts";
import { Terminals } from "./terminals/terminals.ts";

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

/** The composition root: sources, database and rooms, put together once a process, and the Stowage that pages reach. */
export async function createRuntime(config: ConsoleConfig, port: number): Promise<Runtime> {
  const { clusters, engines, lookedFor, demo } = await openSources(config);
  const database = config.database ?? usualDatabase(demo !== null);
  const db = await openDatabase(database);
  const audit = new AuditLog(db);
  const reading = openReading({ clusters, engines, namespaces: config.namespaces, idleMs: config.idleMs });
  const terminals = new Terminals(auditTerminals(audit));
  const engineSlugs = new Set(engines.map(({ slug }) => slug));
  const localPerson: Person = { ...reader, id: "local", account: "local", name: clusters[0]?.title ?? "" };
  const ended = () => terminals.recheckSessions();
  const access = openAccess({
    config,
    port,
    db,
    database,
    audit,
    sources: clusters,
    engines: engineSlugs,
    localPerson,
    ended,
  });
  const status = openStatus({
    db,
    audit,
    config: readStatusConfig(config.statusConfig, demo ? demoStatusPage : ""),
    catalog: reading.catalog,
    answer: (person, source, kind) => reading.scopes.answer(person, source, kind),
    past: demo && config.statusConfig === null ? demoHistory(Date.now()) : null,
  });
  const actions = openActions({
    db,
    source: reading.cluster,
    credential: reading.credential,
    engine: (person, slug) => (engineSlugs.has(slug) ? reading.engine(person, slug) : null),
    // Programs that a docker config names are run for the person of this machine only.
    registryCredential: dockerConfigCredentials({
      env: process.env,
      home: homedir(),
      allowHelpers: config.face === "local",
    }),
  });

  const { nodeReaderSecret: secret } = config;
  const readers = new NodeReaders({ secret, find: findReaders(config.nodeReaders, { clusters, secret }) });

  const listed = await listRegistries({
    file: config.registries,
    face: config.face,
    demo: demo?.registries ?? null,
    env: process.env,
    home: homedir(),
  });
  const registries = openRegistries(listed, {
    object: reading.doors.object,
    read: async (person, source, path) => {
      // The credential first: whoever has none for a source is not told whether there is one.
      const credential = reading.credential(person, source);
      return await reading.cluster(source).getJson(path, credential);
    },
  });

  const stowage: Stowage = {
    face: config.face,
    demo: demo !== null,
    lookedFor,
    person: (headers) => access.person(headers),
    access: access.door,
    ...reading.doors,
    actions,
    engines: openEnginesDoor(reading.engine),
    audit: openAudit(db),
    stack: openStack({
      ...reading.doors,
      engine: reading.engine,
      nodeDisk: (source, node) => readers.disk(source, node),
      imageLayers: registries.imageLayers,
    }),
    registries: registries.door,
    status: status.door,
    async mayOpenTerminal(person, { source, ...target }) {
      return await shellsOf(person, source).mayOpen(target);
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
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for("stowage.runtime")] = stowage;

  async function open(person: Person, message: OpeningMessage, stands: () => boolean): Promise<Feed> {
    if (message.t !== "terminal") return await reading.open(person, message);
    return await terminals.feed({ person, host: shellsOf(person, message.source), stands }, message);
  }

  function shellsOf(person: Person, slug: string): ShellHost {
    if (engineSlugs.has(slug)) return engineShells(reading.engine(person, slug), person);
    // The credential first: whoever has none for a source is not told whether there is one.
    const credential = reading.credential(person, slug);
    return clusterShells(reading.cluster(slug), credential);
  }

  const boot = randomUUID();
  return {
    stowage,
    access,
    sourceCount: clusters.length + engines.length,
    passThroughDoors: {
      find: (headers) => stowage.person(headers),
      source: (slug) => clusters.find((source) => source.slug === slug),
      audit,
    },
    tabDoors: (headers, person) => ({
      boot,
      open: (who, message) => open(who, message, () => access.standsNow(headers, person)),
      stands: () => access.stands(headers, person),
    }),
    statusSite: status.site,
    warmUp() {
      void status.start();
      reading.warmUp();
    },
    async dispose() {
      await status.stop();
      await terminals.dispose();
      await actions.dispose();
      reading.dispose();
      for (const source of [...clusters, ...engines]) source.close();
      demo?.close();
      await db.destroy();
    },
  };
}

/** What a demo was told is forgotten with it; everything else is kept in the person's state folder. */
function usualDatabase(demo: boolean): string {
  return demo ? "sqlite::memory:" : `sqlite:${join(stateFolder(process.env, homedir()), "stowage.db")}`;
}
