import { unpackContainers } from "../../kinds/pod-containers.ts";
import type { Cell, Row } from "../../protocol/cell.ts";
import type { Problem } from "../../protocol/overview.ts";
import { filterTerm } from "../../shared/filter-term.ts";
import type { SeenCluster, SeenEngine } from "./overview.ts";
import { cellReader, seenRows } from "./overview.ts";

/** A pod that is still starting after this time deserves a look, in seconds. */
const startingLong = 300;
/** A kill for memory is worth telling this long, in seconds. */
const oomRecent = 3_600;

type Read = (row: Row, id: string) => Cell;
type Finding = Pick<Problem, "kind" | "level"> & { since: number | null };

/** What is wrong in one engine: containers that are unhealthy, or start again and again. One that ended is no problem by itself. */
export function findEngineProblems({ summary, containers }: SeenEngine): Problem[] {
  const read = cellReader(containers.rows.kind);
  const failing = [...seenRows(containers)].filter((row) => read(row, "health") === "failing");
  const [first] = failing;
  if (!first) return [];
  const name = textOf(read(first, "name")) ?? "";
  return [
    {
      kind: "container-failing",
      level: "failing",
      count: failing.length,
      source: summary.source,
      namespace: "",
      subject: name,
      reason: textOf(read(first, "state")) ?? "",
      since: null,
      list: "containers",
      q: failing.length === 1 ? filterTerm("name", name) : "health:failing",
    },
  ];
}

/** What is wrong in one source, pods grouped by what they belong to and by cause. `now` is in seconds. */
export function findProblems(source: SeenCluster, now: number): Problem[] {
  const pods = podProblems(source, now);
  const workloads = new Set(pods.map((problem) => `${problem.namespace}/${problem.subject}`));
  const short = shortDeployments(source).filter(
    (problem) => !workloads.has(`${problem.namespace}/Deployment/${problem.subject}`),
  );
  return [...nodeProblems(source), ...pods, ...short];
}

function podProblems({ summary, pods }: SeenCluster, now: number): Problem[] {
  const read = cellReader(pods.rows.kind);
  const groups = new Map<string, Problem>();
  for (const row of seenRows(pods)) {
    const finding = podFinding(row, read, now);
    if (!finding) continue;
    const workload = textOf(read(row, "workload"));
    const subject = workload ?? textOf(read(row, "name")) ?? "";
    const id = `${row.namespace}\n${subject}\n${finding.kind}`;
    const known = groups.get(id);
    if (known) {
      known.count += 1;
      known.since = earlier(known.since, finding.since);
      if (finding.level === "failing") known.level = "failing";
      continue;
    }
    groups.set(id, {
      ...finding,
      count: 1,
      source: summary.source,
      namespace: row.namespace,
      subject,
      reason: textOf(read(row, "reason")) ?? "",
      list: "pods",
      q: `${filterTerm("ns", row.namespace)} ${filterTerm(workload === null ? "name" : "workload", subject)}`,
    });
  }
  return [...groups.values()];
}

function podFinding(row: Row, read: Read, now: number): Finding | null {
  const level = read(row, "health");
  const created = numberOf(read(row, "created"));
  const killed = memoryKill(row, read);
  if (killed !== null && (level === "failing" || now - killed < oomRecent)) {
    return { kind: "pod-oom", level: level === "failing" ? "failing" : "warning", since: killed === 0 ? null : killed };
  }
  if (level !== "failing" && level !== "warning" && level !== "starting") return null;
  const wrong = level === "starting" ? "warning" : level;
  switch (read(row, "cause")) {
    case "crash-loop":
      return { kind: "pod-crash-loop", level: "failing", since: created };
    case "container-failed":
    case "failed":
      return { kind: "pod-failed", level: wrong, since: created };
    case "image":
      return { kind: "pod-image", level: wrong, since: created };
    case "config":
      return { kind: "pod-config", level: wrong, since: created };
    case "unschedulable":
      return { kind: "pod-unschedulable", level: wrong, since: created };
    case "not-ready":
    case "gate-not-ready":
      return level === "starting" ? longStart(created, now) : { kind: "pod-not-ready", level: wrong, since: null };
    case "terminating":
      return level === "starting"
        ? null
        : { kind: "pod-terminating-long", level: wrong, since: numberOf(read(row, "terminating")) };
    case "waiting":
    case "creating":
    case "initializing":
    case "starting-up":
    case "unscheduled":
      return longStart(created, now);
    default:
      return null;
  }
}

function longStart(created: number | null, now: number): Finding | null {
  return created !== null && now - created > startingLong
    ? { kind: "pod-starting-long", level: "warning", since: created }
    : null;
}

/** When the last container of the pod was killed for memory, in seconds; null when that is not how it last ended. */
function memoryKill(row: Row, read: Read): number | null {
  const restarts = read(row, "restarts");
  const packed = read(row, "containers");
  if (!Array.isArray(packed) || restarts === 0) return null;
  let last: number | null = null;
  for (const container of unpackContainers(packed)) {
    if (!container.state.includes("OOMKilled") && !container.lastState?.includes("OOMKilled")) continue;
    last = Math.max(last ?? 0, container.restartedAt ?? numberOf(read(row, "restartedAt")) ?? 0);
  }
  return last;
}

function nodeProblems({ summary, nodes }: SeenCluster): Problem[] {
  const read = cellReader(nodes.rows.kind);
  const problems: Problem[] = [];
  for (const row of seenRows(nodes)) {
    const name = textOf(read(row, "name")) ?? "";
    const status = textOf(read(row, "status")) ?? "";
    const conditions = read(row, "conditions");
    const about = {
      source: summary.source,
      namespace: "",
      subject: name,
      count: 1,
      list: "nodes",
      q: filterTerm("name", name),
    };
    if (!status.split(",").includes("Ready")) {
      problems.push({
        ...about,
        kind: "node-not-ready",
        level: "failing",
        reason: status,
        since: numberOf(read(row, "heartbeat")),
      });
    } else if (Array.isArray(conditions) && conditions.length > 0) {
      problems.push({ ...about, kind: "node-pressure", level: "warning", reason: conditions.join(", "), since: null });
    }
  }
  return problems;
}

function shortDeployments({ summary, deployments }: SeenCluster): Problem[] {
  const read = cellReader(deployments.rows.kind);
  const problems: Problem[] = [];
  for (const row of seenRows(deployments)) {
    const level = read(row, "health");
    if (level !== "failing" && level !== "warning") continue;
    const name = textOf(read(row, "name")) ?? "";
    problems.push({
      kind: "deployment-short",
      level,
      count: 1,
      source: summary.source,
      namespace: row.namespace,
      subject: name,
      reason: textOf(read(row, "ready")) ?? "",
      since: null,
      list: "deployments.apps",
      q: `${filterTerm("ns", row.namespace)} ${filterTerm("name", name)}`,
    });
  }
  return problems;
}

function textOf(cell: Cell): string | null {
  return typeof cell === "string" && cell !== "" ? cell : null;
}

function numberOf(cell: Cell): number | null {
  return typeof cell === "number" ? cell : null;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
