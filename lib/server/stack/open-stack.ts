import { createHash } from "node:crypto";

import type { Cell } from "../../protocol/cell.ts";
import type { SourceSummary } from "../../protocol/overview.ts";
import type { Query } from "../../protocol/query.ts";
import type { Ref } from "../../protocol/ref.ts";
import type { Machine, Stack } from "../../protocol/stack.ts";
import { healthLevels } from "../../protocol/cell.ts";
import type { HealthLevel } from "../../protocol/cell.ts";
import type { Person } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { EngineSource } from "../sources/docker/engine-source.ts";
import { EngineMachines } from "./engine-machine.ts";
import { Kept } from "./kept.ts";
import type { NodeLayers, RegistryLayers } from "./node-layers.ts";
import type { Table } from "./node-machine.ts";
import { readNodeMachine } from "./node-machine.ts";
import type { StackDoor } from "./stack-door.ts";

export type StackDoors = {
  sources(person: Person): readonly SourceSummary[];
  /** Rows that the person may see. */
  table(person: Person, query: Query): Promise<Table & { rows: Record<string, Cell>[] }>;
  /** An object, read with the person's own right. */
  object(person: Person, ref: Ref): Promise<{ object: unknown }>;
  /** Throws `unknown-source`. */
  engine(person: Person, slug: string): EngineSource;
  /** What a reader on the node measured, for somebody who may read the node; null where there is none. */
  nodeDisk(source: string, node: string): Promise<NodeLayers | null>;
  /** What a registry tells of an image (`host/repository@sha256:…`) that runs on a machine of this architecture; null where none does. */
  imageLayers(person: Person, name: string, architecture: string | null): Promise<RegistryLayers | null>;
};

/** Machines that are listed; the rest is found by name. */
const maxMachines = 5_000;
/** The most containers of one node. A kubelet takes a few hundred pods. */
const maxContainers = 5_000;
/** What registries tell of a digest never changes; that one tells nothing is believed for a while, in ms. */
const silentMs = 60_000;
const maxImages = 5_000;

/** The composition of the container stack. */
export function openStack(doors: StackDoors): StackDoor {
  const engines = new EngineMachines();
  const told = new Kept<RegistryLayers | null>(maxImages);

  /** By person: what one may read of a registry another may not. */
  async function layers(person: Person, name: string, architecture: string | null): Promise<RegistryLayers | null> {
    return await told.get(
      `${person.id} ${architecture ?? ""} ${name}`,
      (found) => (found === null ? silentMs : Number.POSITIVE_INFINITY),
      async () => await doors.imageLayers(person, name, architecture),
    );
  }

  return {
    async machines(person) {
      const sources = doors.sources(person);
      const titles = new Map(sources.map(({ source, title }) => [source, title]));
      const own = sources
        .filter(({ type }) => type === "engine")
        .map(({ source, title }): Machine => ({ source, node: null, title, sourceTitle: title, health: null }));
      const clusters = sources.filter(({ type }) => type === "cluster").map(({ source }) => source);
      if (clusters.length === 0) return own;
      const { rows } = await doors.table(person, {
        kind: "nodes",
        in: clusters,
        q: "",
        sort: "",
        columns: ["name", "health"],
        start: 0,
        count: maxMachines,
      });
      return [...own, ...rows.map((row) => nodeOf(row, titles))];
    },
    async read(person, { source, node }) {
      const stack = node === null ? await readEngine(person, source) : await readNode(person, source, node);
      return { version: createHash("sha256").update(JSON.stringify(stack)).digest("base64url"), stack };
    },
  };

  async function readEngine(person: Person, source: string): Promise<Stack> {
    return await engines.read(doors.engine(person, source));
  }

  async function readNode(person: Person, source: string, node: string): Promise<Stack> {
    const summary = doors.sources(person).find((each) => each.source === source);
    if (summary?.type !== "cluster") throw new StowageError("unknown-source", source);
    return await readNodeMachine({
      source,
      sourceTitle: summary.title,
      node,
      object: async () => (await doors.object(person, { kind: "nodes", source, path: node })).object,
      containers: async (q, columns) =>
        await doors.table(person, {
          kind: "containers",
          in: [source],
          q,
          sort: "",
          columns,
          start: 0,
          count: maxContainers,
        }),
      disk: async () => await doors.nodeDisk(source, node),
      layers: async (name, architecture) => await layers(person, name, architecture),
    });
  }
}

function nodeOf(row: Record<string, Cell>, titles: ReadonlyMap<string, string>): Machine {
  const source = String(row["source"] ?? "");
  const name = String(row["name"] ?? "");
  const health = healthLevels.find((level): level is HealthLevel => level === row["health"]) ?? null;
  return { source, node: name, title: name, sourceTitle: titles.get(source) ?? source, health };
}
