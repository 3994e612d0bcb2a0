import type { Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { Capacity, Overview, Problem, SourceSummary } from "../../protocol/overview.ts";
import { inScope } from "../access/scope.ts";
import type { Scope } from "../access/scope.ts";
import type { RowSource } from "../cache/row-source.ts";
import { findEngineProblems, findProblems } from "./problems.ts";

/** One kind in one source as a person sees it. */
export type Seen = { rows: RowSource; scope: Scope };

type Summary = Omit<SourceSummary, "nodes" | "pods" | "containers">;

/** The kinds an overview is made of, in one cluster. */
export type SeenCluster = { summary: Summary; pods: Seen; nodes: Seen; deployments: Seen };
export type SeenEngine = { summary: Summary; containers: Seen };
/** In the order of the configuration. */
export type SeenSource = SeenCluster | SeenEngine;

/** Problems that are listed; the rest is a number. */
const maxProblems = 40;

/** What is wrong and how full it is, from the rows that a person sees. `now` is in seconds. */
export function overviewOf(
  sources: readonly SeenSource[],
  counts: Record<string, number | null>,
  now: number,
): Overview {
  const problems = sources.flatMap((source) => [
    ...sourceProblem(source.summary),
    ...(isCluster(source) ? findProblems(source, now) : findEngineProblems(source)),
  ]);
  problems.sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.since ?? now) - (b.since ?? now));
  return {
    problems: problems.slice(0, maxProblems),
    more: Math.max(0, problems.length - maxProblems),
    capacity: capacityOf(sources.filter(isCluster)),
    sources: sources.map(counted),
    counts,
  };
}

/** An overview without what has to be worked out of every pod. */
export function briefOf(sources: readonly SeenSource[], counts: Record<string, number | null>): Overview {
  return { problems: [], more: 0, capacity: [], sources: sources.map(counted), counts };
}

function isCluster(source: SeenSource): source is SeenCluster {
  return "pods" in source;
}

function counted(source: SeenSource): SourceSummary {
  const { summary } = source;
  return isCluster(source)
    ? { ...summary, nodes: countOf(source.nodes), pods: countOf(source.pods), containers: null }
    : { ...summary, nodes: null, pods: null, containers: countOf(source.containers) };
}

/** Rows in scope, null while nobody knows. */
export function countOf({ rows, scope }: Seen): number | null {
  const { state } = rows.status();
  if (state === "off" || state === "syncing" || state === "down" || state === "forbidden") return null;
  if (scope === "all") return rows.size;
  if (scope.size === 0) return null;
  let count = 0;
  for (const _row of seenRows({ rows, scope })) count += 1;
  return count;
}

export function* seenRows({ rows, scope }: Seen): Iterable<Row> {
  for (const row of rows.rows()) if (inScope(scope, row.namespace)) yield row;
}

function rank(problem: Problem): number {
  const sizes: Partial<Record<Problem["kind"], number>> = { "source-down": 0, "node-not-ready": 1, "node-pressure": 2 };
  return (problem.level === "failing" ? 0 : 100) + (sizes[problem.kind] ?? 10);
}

function sourceProblem(state: Summary): Problem[] {
  if (state.state !== "down" && state.state !== "stale") return [];
  return [
    {
      kind: "source-down",
      level: "failing",
      count: 1,
      source: state.source,
      namespace: "",
      subject: state.title,
      reason: state.error ?? "",
      since: state.since,
      list: state.type === "cluster" ? "nodes" : "containers",
      q: "",
    },
  ];
}

function capacityOf(sources: readonly SeenCluster[]): Capacity[] {
  const total = { cpu: emptyCapacity("cpu"), memory: emptyCapacity("memory"), pods: emptyCapacity("pods") };
  for (const { nodes, pods } of sources) {
    const cell = cellReader(nodes.rows.kind);
    if (countOf(nodes) !== null) {
      for (const row of seenRows(nodes)) {
        add(total.cpu, "allocatable", cell(row, "allocatableCpu"));
        add(total.memory, "allocatable", cell(row, "allocatableMemory"));
        add(total.pods, "allocatable", cell(row, "allocatablePods"));
      }
    }
    // What pods ask for is the whole only for somebody who sees all of them.
    if (pods.scope !== "all" || countOf(pods) === null) continue;
    const podCell = cellReader(pods.rows.kind);
    for (const row of seenRows(pods)) {
      const phase = podCell(row, "phase");
      if (podCell(row, "node") === null || phase === "Succeeded" || phase === "Failed") continue;
      add(total.cpu, "requested", podCell(row, "cpu") ?? 0);
      add(total.cpu, "limits", podCell(row, "cpuLimit") ?? 0);
      add(total.memory, "requested", podCell(row, "memory") ?? 0);
      add(total.memory, "limits", podCell(row, "memoryLimit") ?? 0);
      add(total.pods, "requested", 1);
    }
  }
  return [total.cpu, total.memory, total.pods];
}

function emptyCapacity(resource: Capacity["resource"]): Capacity {
  return { resource, allocatable: null, requested: null, limits: null };
}

function add(capacity: Capacity, field: "allocatable" | "requested" | "limits", value: unknown): void {
  if (typeof value === "number") capacity[field] = (capacity[field] ?? 0) + value;
}

/** Reads a row's cell by column id, the index looked up once for a kind. */
export function cellReader(kind: Kind) {
  const index = new Map(kind.columns.map((column) => [column.id, column.index]));
  return (row: Row, id: string) => row.cells[index.get(id) ?? -1] ?? null;
}
