import type { Kind } from "../../../kinds/kind.ts";
import { readerOf } from "../../../kinds/kind.ts";
import type { Row } from "../../../protocol/cell.ts";
import type { Level } from "../../../protocol/status.ts";
import { levels } from "../../../protocol/status.ts";
import type { Unknown } from "../../../protocol/status-admin.ts";
import { keyOf } from "../../../protocol/ref.ts";
import { compile, matches } from "../../../query/compile.ts";
import { parse } from "../../../query/parse.ts";
import type { RowSource } from "../../cache/row-source.ts";
import type { Measured } from "../history/turn.ts";
import type { Component, Part, Thresholds } from "./component.ts";
import { countService } from "./count-service.ts";

export type PartMeasure = { readonly part: Part } & (
  | { readonly healthy: number; readonly total: number; readonly level: Level }
  | { readonly unknown: Unknown }
);

export type Measurement = { readonly measured: Measured; readonly parts: readonly PartMeasure[] };

/** The rows of a kind in a source; null for a source that is not there. */
export type RowsOf = (source: string, kind: string) => RowSource | null;

/** The kinds whose rows a part is measured by. */
export function kindIdsOf(part: Part): readonly [string, ...string[]] {
  switch (part.type) {
    case "workload":
      return [part.kind];
    case "service":
      return ["services", "endpointslices.discovery.k8s.io"];
    case "pods":
    case "nodes":
      return [part.type];
  }
}

/** Measures a component by the rows that are cached now. `now` is in seconds since the epoch. */
export function measure(component: Component, rowsOf: RowsOf, now: number): Measurement {
  const parts = component.parts.map((part) => measurePart(part, component.thresholds, rowsOf, now));
  return { measured: combine(parts), parts };
}

/** A component is as its worst part; one of which a part is not known is not known, unless an outage is known already. */
function combine(parts: readonly PartMeasure[]): Measured {
  const known = parts.flatMap((one) => ("unknown" in one ? [] : [levels.indexOf(one.level)]));
  const worst = levels[Math.max(0, ...known)] ?? "operational";
  if (known.length === parts.length) return worst;
  return worst === "partial" || worst === "major" ? worst : "no-data";
}

function measurePart(part: Part, thresholds: Thresholds, rowsOf: RowsOf, now: number): PartMeasure {
  const found = kindIdsOf(part).map((kind) => rowsOf(part.source, kind));
  const all = found.filter((rows) => rows !== null);
  if (all.length < found.length) return { part, unknown: "unknown-source" };
  if (all.some((rows) => rows.status().state !== "live")) return { part, unknown: "silent" };
  const counted = count(part, all, now);
  if (!counted) return { part, unknown: "no-match" };
  return { part, ...counted, level: levelOf(counted.healthy, counted.total, thresholds) };
}

/** The share of healthy decides; nothing healthy at all is always a major outage. */
export function levelOf(healthy: number, total: number, thresholds: Thresholds): Level {
  if (healthy === 0) return "major";
  const percent = (healthy / total) * 100;
  return (["major", "partial", "degraded"] as const).find((level) => percent < thresholds[level]) ?? "operational";
}

type Count = { healthy: number; total: number };

/** `all` are the rows of the part's kinds, in their order. */
function count(part: Part, [rows, others]: readonly RowSource[], now: number): Count | null {
  if (!rows) return null;
  switch (part.type) {
    case "workload":
      return countWorkload(rows, part);
    case "service":
      return others ? countService(rows, others, part) : null;
    case "pods":
    case "nodes":
      return countMatches(rows, part, now);
  }
}

/** A workload that is gone, or that was scaled to nothing, serves nobody. */
function countWorkload(rows: RowSource, part: Extract<Part, { type: "workload" }>): Count {
  const row = rows.get(keyOf(part.source, part.namespace, part.name));
  const ready = row ? readyOf(rows.kind, row) : { healthy: 0, total: 1 };
  return ready.total === 0 ? { healthy: 0, total: 1 } : ready;
}

/** `2/3` of a deployment, or the numbers of a daemon set. */
function readyOf(kind: Kind, row: Row): Count {
  const read = readerOf(kind, row.cells);
  const [ready, desired] = [read("ready"), read("desired")];
  const text = typeof ready === "string" ? /^(\d+)\/(\d+)$/.exec(ready) : null;
  if (text) return atMost(Number(text[1]), Number(text[2]));
  return typeof ready === "number" && typeof desired === "number" ? atMost(ready, desired) : { healthy: 0, total: 1 };
}

/** A rollout has more pods than are wanted for a while. */
function atMost(healthy: number, total: number): Count {
  return { healthy: Math.min(healthy, total), total };
}

function countMatches(rows: RowSource, part: Extract<Part, { type: "pods" | "nodes" }>, now: number): Count | null {
  const filter = compile(parse(part.q), rows.kind);
  if (filter.problems.some(({ level }) => level === "error")) return null;
  let healthy = 0;
  let total = 0;
  for (const row of rows.rows()) {
    if (!matches(filter, row, now)) continue;
    const serves = part.type === "pods" ? servesPod(rows.kind, row) : servesNode(rows.kind, row);
    if (serves === null) continue;
    total += 1;
    if (serves) healthy += 1;
  }
  const wanted = Math.max(total, part.expect ?? 0);
  return wanted === 0 ? null : { healthy, total: wanted };
}

/** All containers ready. Null for a pod that has done its work, and for one that is on its way out: neither is missed. */
function servesPod(kind: Kind, row: Row): boolean | null {
  const read = readerOf(kind, row.cells);
  if (read("phase") === "Succeeded" || read("terminating") !== null) return null;
  const ready = /^(\d+)\/(\d+)$/.exec(String(read("ready") ?? ""));
  return read("phase") === "Running" && ready !== null && ready[1] === ready[2];
}

/** Its kubelet says that it is ready; a cordoned node goes on serving what runs on it. */
function servesNode(kind: Kind, row: Row): boolean {
  const status = readerOf(kind, row.cells)("status");
  return typeof status === "string" && status.split(",")[0] === "Ready";
}
