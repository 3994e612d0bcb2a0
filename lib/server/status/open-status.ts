import { readFileSync } from "node:fs";

import { z } from "zod";

import type { StatusAdmin, StatusVerbName } from "../../protocol/status-admin.ts";
import type { Person } from "../access/person.ts";
import { inScope } from "../access/scope.ts";
import type { Scope } from "../access/scope.ts";
import type { Catalog } from "../cache/catalog.ts";
import { ConfigError } from "../config/parse-config.ts";
import type { Kind } from "../../kinds/kind.ts";
import { log } from "../log.ts";
import type { Part } from "./components/component.ts";
import { kindIdsOf } from "./components/measure.ts";
import { parseStatusConfig, StatusConfigError } from "./components/parse-status-config.ts";
import type { StatusConfig } from "./components/parse-status-config.ts";
import { removeComponent } from "./components/remove-component.ts";
import { seedHistory } from "./history/seed-history.ts";
import type { Past } from "./history/seed-history.ts";
import { saveComponent } from "./components/save-component.ts";
import { dropIncident } from "./incidents/drop-incident.ts";
import { publishIncident } from "./incidents/publish-incident.ts";
import { saveIncident } from "./incidents/save-incident.ts";
import { updateIncident } from "./incidents/update-incident.ts";
import { lookInside } from "./look-inside.ts";
import { cancelMaintenance } from "./maintenance/cancel-maintenance.ts";
import { planMaintenance } from "./maintenance/plan-maintenance.ts";
import { PublishedReader } from "./published/published-reader.ts";
import { Recorder } from "./recorder/recorder.ts";
import { StatusSite } from "./site/status-site.ts";
import type { StatusDoors, StatusVerb } from "./status-doors.ts";
import { parseInput } from "./status-doors.ts";

/** What the console may ask of the status page; each call authorises for itself. */
export type StatusDoor = {
  /** What is behind the public page. */
  look(person: Person): Promise<StatusAdmin>;
  /** `{verb, input}`, as StatusVerbName has them. Throws `forbidden`, `bad-request`, `conflict`, `not-found`, `audit-failed`. */
  act(person: Person, body: unknown): Promise<unknown>;
};

export type StatusPage = {
  readonly door: StatusDoor;
  readonly site: StatusSite;
  /** Begins to look at the components, and to watch what they are made of. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type StatusParts = Pick<StatusDoors, "db" | "audit"> & {
  config: StatusConfig;
  catalog: Catalog;
  /** Must not reject: a source that does not answer is no reason for the page to fail as a whole. */
  answer: (person: Person, source: string, kind: Kind) => Promise<{ scope: Scope }>;
  /** What came before, in a world that is invented. */
  past: Past | null;
};

const verbs: Readonly<Record<StatusVerbName, StatusVerb>> = {
  "component-save": saveComponent,
  "component-remove": removeComponent,
  "incident-save": saveIncident,
  "incident-publish": publishIncident,
  "incident-update": updateIncident,
  "incident-drop": dropIncident,
  "maintenance-plan": planMaintenance,
  "maintenance-cancel": cancelMaintenance,
};
const verbNames = Object.keys(verbs) as StatusVerbName[];
const bodySchema = z.strictObject({ verb: z.enum(verbNames), input: z.unknown() });

/** Puts the status page together: the recorder, the public site, and the console's door to both. */
export function openStatus({ db, audit, config, catalog, answer, past }: StatusParts): StatusPage {
  const maySee = async (person: Person, part: Part): Promise<boolean> => {
    if (!catalog.sources.includes(part.source) || person.credential(part.source) === null) return false;
    const seen = await Promise.all(kindIdsOf(part).map((kind) => answer(person, part.source, catalog.kind(kind))));
    return seen.every(({ scope }) => ("namespace" in part ? inScope(scope, part.namespace) : scope === "all"));
  };
  const doors: StatusDoors = { db, audit, fromFile: config.components, maySee, now: Date.now };
  const reader = new PublishedReader({ db, copy: null });
  const recorder = new Recorder({
    db,
    title: config.title,
    fromFile: config.components,
    rowsOf: (source, kind) => (catalog.sources.includes(source) ? catalog.rows(source, catalog.kind(kind)) : null),
    published: () => void reader.read(),
  });
  return {
    door: {
      look: async (person) => await lookInside(doors, recorder, catalog.sources, person),
      act: async (person, body) => {
        const { verb, input } = parseInput(bodySchema, body);
        const told = await verbs[verb](doors, person, input);
        await recorder.publishNow();
        await reader.read();
        return told;
      },
    },
    site: new StatusSite(() => reader.published),
    start: async () => {
      if (past) await seedHistory(db, past);
      recorder.start();
      reader.start();
    },
    stop: async () => {
      await recorder.stop();
      await reader.stop();
    },
  };
}

/** Reads the YAML file of `--status-config`, else what stands in for it. Throws ConfigError that names the lines to change. */
export function readStatusConfig(file: string | null, standard: string): StatusConfig {
  if (file === null) return parseStatusConfig(standard, "demo");
  try {
    const config = parseStatusConfig(readFileSync(file, "utf8"), file);
    log.info("status.config", { file, components: config.components.length });
    return config;
  } catch (thrown) {
    if (thrown instanceof StatusConfigError) throw new ConfigError(thrown.message);
    throw new ConfigError(`--status-config names ${file}, which cannot be read: ${String(thrown)}`);
  }
}
