import type { HealthLevel } from "../../protocol/cell.ts";
import { healthLevels } from "../../protocol/cell.ts";
import type { Cell } from "../../protocol/cell.ts";
import type { Stack, StackContainer, StackImage } from "../../protocol/stack.ts";
import { agreeing } from "../../stack/agreeing.ts";
import { compareText } from "../../shared/compare.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";
import { filterTerm } from "../../shared/filter-term.ts";
import type { NodeFacts } from "./node-facts.ts";
import { readNodeFacts } from "./node-facts.ts";
import type { NamedImage, NodeLayers, RegistryLayers } from "./node-layers.ts";
import { digestIn, fromNode, fromRegistry, fromSize } from "./node-layers.ts";

export type Table = { rows: readonly Record<string, Cell>[]; sources: readonly { scope: "all" | number }[] };

/** How one person looks at one node: each answer is what they may see. */
export type NodeView = {
  readonly source: string;
  readonly sourceTitle: string;
  readonly node: string;
  /** The node's object, read with the person's own right. */
  object(): Promise<unknown>;
  /** Rows of containers that match a filter, with these columns. */
  containers(q: string, columns: string[]): Promise<Table>;
  /** null where no reader stands on the node. */
  disk(): Promise<NodeLayers | null>;
  /** null where no registry tells. `name` is an image as the node knows it, with its digest. */
  layers(name: string, architecture: string | null): Promise<RegistryLayers | null>;
};

const columns = [
  "name",
  "namespace",
  "pod",
  "type",
  "state",
  "health",
  "image",
  "imageId",
  "workload",
  "cpu",
  "memory",
];
/** Images whose layers are asked of registries at a time, and in all. */
const atOnce = 4;
const maxAsked = 200;

/** A node as a machine. Throws what the object's reading throws; whoever else does not answer is one who tells nothing. */
export async function readNodeMachine(view: NodeView): Promise<Stack> {
  const [object, table, disk] = await Promise.all([
    view.object(),
    view.containers(filterTerm("node", view.node), columns),
    view.disk().catch(() => null),
  ]);
  const facts = readNodeFacts(object);
  const rows = table.rows.filter((row) => row["type"] !== "init" || row["state"] === "Running");
  const images = agreeing(disk ? fromNode(disk) : await imagesOf(view, facts, rows));
  const finder = imageFinder(images);
  const containers = rows.map((row) => containerOf(row, finder, disk));
  const machine = { source: view.source, node: view.node, title: facts.name, sourceTitle: view.sourceTitle };
  return {
    machine: { ...machine, health: null },
    type: "node",
    hardware: { ...facts.hardware, cpuRequested: sum(rows, "cpu"), memoryRequested: sum(rows, "memory") },
    vm: facts.vm,
    os: facts.os,
    runtime: facts.runtime,
    images,
    containers: containers.toSorted((a, b) => compareText(a.id, b.id)),
    volumes: null,
    allImages: disk !== null,
    allContainers: table.sources.every(({ scope }) => scope === "all"),
  };
}

/** Without a reader: what the node's object names and what runs there, each asked of its registry. */
async function imagesOf(
  view: NodeView,
  facts: NodeFacts,
  rows: readonly Record<string, Cell>[],
): Promise<StackImage[]> {
  const named: NamedImage[] = facts.images
    .filter(({ names }) => names.length > 0)
    .map(({ names, bytes }) => ({ names, compressed: bytes }));
  const known = new Set(named.flatMap(({ names }) => names.flatMap((name) => [name, digestIn([name]) ?? name])));
  for (const row of rows) {
    const [id, image] = [textOf(row["imageId"]), textOf(row["image"])];
    const digest = digestIn([id]);
    if (id === "" || known.has(id) || known.has(image) || (digest !== null && known.has(digest))) continue;
    for (const name of [id, image, digest]) if (name) known.add(name);
    named.push({ names: image === "" ? [id] : [image, id], compressed: null });
  }
  const askLayers = async (name: string) => await view.layers(name, facts.os.architecture).catch(() => null);
  const asked = await eachOfFew(named, atOnce, async (image, index) => {
    const name = image.names.find((each) => digestIn([each]) !== null);
    const told = name === undefined || index >= maxAsked ? null : await askLayers(name);
    return told ? fromRegistry(image, told) : fromSize(image);
  });
  return [...new Map(asked.map((image) => [image.id, image])).values()].toSorted((a, b) => compareText(a.id, b.id));
}

type Finder = (row: Record<string, Cell>) => StackImage | null;

/** By the digest that the runtime tells, else by name: a kubelet tells digests of configs, of manifests and of indexes. */
function imageFinder(images: readonly StackImage[]): Finder {
  const byName = new Map<string, StackImage>();
  for (const image of images) {
    byName.set(image.id, image);
    for (const name of image.names) {
      byName.set(name, image);
      const digest = digestIn([name]);
      if (digest !== null) byName.set(digest, image);
    }
  }
  return (row) => {
    const [id, image] = [textOf(row["imageId"]), textOf(row["image"])];
    if (id === "") return null;
    return byName.get(id) ?? byName.get(digestIn([id]) ?? id) ?? byName.get(image) ?? null;
  };
}

function containerOf(row: Record<string, Cell>, finder: Finder, disk: NodeLayers | null): StackContainer {
  const [namespace, pod, name] = [textOf(row["namespace"]), textOf(row["pod"]), textOf(row["name"])];
  const measured = disk?.containers.find(
    (container) => container.namespace === namespace && container.pod === pod && container.name === name,
  );
  const image = finder(measured ? { ...row, imageId: measured.image } : row) ?? finder(row);
  const state = textOf(row["state"]);
  const health = textOf(row["health"]);
  return {
    id: `${namespace}/${pod}/${name}`,
    name,
    image: image?.id ?? "",
    imageName: textOf(row["image"]),
    running: state === "Running",
    writable: measured?.writable ?? null,
    state,
    health: healthLevels.find((level): level is HealthLevel => level === health) ?? null,
    path: `${namespace}/${pod}/${name}`,
    pod: { namespace, name: pod },
    group: textOf(row["workload"]) || null,
    volumes: [],
    startMs: null,
  };
}

/** null where nobody asks for any: a pod without requests is not one that needs nothing. */
function sum(rows: readonly Record<string, Cell>[], column: string): number | null {
  const amounts = rows.flatMap((row) => (typeof row[column] === "number" ? [row[column]] : []));
  return amounts.length === 0 ? null : amounts.reduce((total, amount) => total + amount, 0);
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === "string" ? cell : "";
}
