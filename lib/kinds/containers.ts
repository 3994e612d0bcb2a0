import type { Cell } from "../protocol/cell.ts";
import { engineContainerCells, engineContainerHealth, engineContainerSections } from "./engine-container.ts";
import type { ColumnSpec, ImageLink, ReadCell } from "./kind.ts";
import { defineKind } from "./kind.ts";
import { healthColumn, labelsColumn, namespaceColumn } from "./metadata.ts";
import { linkToName, linkToWord, textCell } from "./object-link.ts";
import { countContainers, unpackContainers } from "./pod-containers.ts";
import { podSummaryFacts } from "./pod-facts.ts";
import { podHealth } from "./pod-health.ts";
import { asObject } from "./read-object.ts";
import { restartsColumn } from "./restarts-column.ts";

const columns = {
  name: { type: "name", show: "standard" },
  namespace: { ...namespaceColumn, of: "cluster" },
  pod: {
    type: "text",
    show: "standard",
    of: "cluster",
    needs: ["namespace"],
    link: (read) =>
      read("pod") === null ? null : { kind: "pods", path: `${textCell(read, "namespace")}/${textCell(read, "pod")}` },
  },
  project: { type: "text", show: "standard", of: "engine" },
  type: { type: "text", show: "standard", of: "cluster" },
  state: { type: "text", show: "standard", needs: ["health"] },
  ready: { type: "text", show: "standard" },
  restarts: { ...restartsColumn, of: "cluster" },
  started: { type: "time", show: "standard", of: "cluster", align: "right" },
  image: {
    type: "text",
    show: "standard",
    needs: ["imageId", "namespace", "pod"],
    link: (read) => imageLinkOf(read),
  },
  node: { type: "text", show: "standard", of: "cluster", link: linkToName("node", "nodes") },
  workload: { type: "text", show: "wide", needs: ["namespace"], link: linkToWord("workload") },
  lastState: { type: "text", show: "wide" },
  exitCode: { type: "number", show: "wide", align: "right" },
  reason: { type: "text", show: "wide" },
  imageId: { type: "text", show: "wide" },
  cpu: { type: "cpu", show: "wide", align: "right" },
  memory: { type: "bytes", show: "wide", align: "right" },
  cpuLimit: { type: "cpu", show: "wide", align: "right" },
  memoryLimit: { type: "bytes", show: "wide", align: "right" },
  health: healthColumn,
  ports: { type: "list", show: "standard", of: "engine" },
  created: { type: "time", show: "standard", of: "engine", align: "right" },
  networks: { type: "list", show: "wide" },
  volumes: { type: "list", show: "wide" },
  restartedAt: { type: "time", show: "filter" },
  labels: labelsColumn,
} as const satisfies Record<string, ColumnSpec>;

type ContainerRow = { [K in keyof typeof columns]: Cell };

const absent = Object.fromEntries(Object.keys(columns).map((id) => [id, null])) as Record<keyof typeof columns, null>;

const ids = Object.keys(columns) as (keyof typeof columns)[];

/** Containers of clusters and of engines. The object of one's page is its pod in a cluster, and itself in an engine. */
export const containers = defineKind({
  id: "containers",
  derived: { from: "pods", expand, count },
  engine: {
    resource: "containers",
    own: {
      toRow: (object) => ({ ...absent, ...engineContainerCells(asObject(object)) }),
      health: (object) => engineContainerHealth(asObject(object)),
      sections: engineContainerSections,
    },
  },
  facets: ["state", "type", "health", "namespace", "project"],
  columns,
  health: (object, now) => podHealth(asObject(object), now),
  sections: [
    { type: "containers" },
    { type: "facts", title: "summary", facts: podSummaryFacts },
    { type: "events" },
    { type: "logs" },
  ],
});

function count(read: ReadCell): number {
  const packed = read("containers");
  return packed !== null && typeof packed === "object" ? countContainers(packed) : 0;
}

/** In an engine there is no pod. */
function imageLinkOf(read: ReadCell): ImageLink | null {
  const image = read("image");
  if (typeof image !== "string") return null;
  const [imageId, pod] = [read("imageId"), textCell(read, "pod")];
  return {
    image,
    imageId: typeof imageId === "string" ? imageId : null,
    podPath: pod === "" ? null : `${textCell(read, "namespace")}/${pod}`,
  };
}

/** Makes the rows of a pod's containers out of the pod's row. A name that comes twice is taken once: it is the row's key. */
function expand(read: ReadCell): { path: string; uid: string; cells: Cell[] }[] {
  const packed = read("containers");
  if (packed === null || typeof packed !== "object") return [];
  const namespace = textCell(read, "namespace");
  const pod = textCell(read, "name");
  const uid = textCell(read, "uid");
  const shared = { namespace, pod, node: read("node"), workload: read("workload"), labels: read("labels") };
  const seen = new Set<string>();
  const rows: { path: string; uid: string; cells: Cell[] }[] = [];
  for (const container of unpackContainers(packed)) {
    if (seen.has(container.name)) continue;
    seen.add(container.name);
    const row: ContainerRow = { ...absent, ...container, ...shared, ready: container.ready ? "true" : "false" };
    rows.push({
      path: `${namespace}/${pod}/${container.name}`,
      uid: `${uid}/${container.name}`,
      cells: ids.map((id) => row[id]),
    });
  }
  return rows;
}
