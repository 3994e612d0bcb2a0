import type { NodeDisk, NodeImage } from "../../../protocol/node-disk.ts";
import { compareText } from "../../../shared/compare.ts";
import { eachOfFew } from "../../../shared/each-of-few.ts";
import type { Containerd, ContainerRecord, Snapshot, Target } from "./containerd.ts";
import { readImageDocuments } from "./image-documents.ts";
import type { ImageDocument } from "./image-documents.ts";

/** What of Containerd is asked. */
type Runtime = Pick<
  Containerd,
  "namespace" | "version" | "images" | "containers" | "running" | "snapshots" | "usage" | "content" | "blob"
>;

/** A snapshot with the bytes that it takes alone; null when it went while it was looked at. */
type Measured = Snapshot & { readonly bytes: number | null };
/** By snapshotter, then by name. */
type Snapshots = ReadonlyMap<string, ReadonlyMap<string, Measured>>;

/** Calls that are under way at a time. */
const atOnce = 8;

/**
 * Reads images with their measured layers, containers with their writable ones, and what lies there beside. `snapshotters` are looked
 * through in their order, and then those that containers name. Throws what Containerd throws: half an answer is none.
 */
export async function readNodeDisk(
  runtime: Runtime,
  {
    node = null,
    snapshotters = ["overlayfs"],
    signal,
  }: {
    node?: string | null;
    snapshotters?: readonly string[];
    signal?: AbortSignal;
  } = {},
): Promise<NodeDisk> {
  const [version, named, records, running, content] = await Promise.all([
    runtime.version(signal),
    runtime.images(signal),
    runtime.containers(signal),
    runtime.running(signal),
    runtime.content(signal),
  ]);
  const [snapshots, read] = await Promise.all([
    measure(runtime, [...new Set([...snapshotters, ...records.map(({ snapshotter }) => snapshotter)])], signal),
    readImages(runtime, named, signal),
  ]);
  const images = read.documents.flatMap(({ names, documents }) => unpackedOf(names, documents, snapshots));
  const byId = mergeById(images);
  const standing = records.map((record) => standingOf(record, { images: byId, snapshots, running }));
  return {
    node,
    runtime: { version, namespace: runtime.namespace, snapshotters: [...snapshots.keys()] },
    images: byId.toSorted((a, b) => compareText(a.id, b.id)),
    unread: read.unread.toSorted(compareText),
    containers: standing.flatMap((each) => each.ofPod ?? []),
    others: standing.flatMap((each) => each.other ?? []),
    leftovers: leftoversOf(snapshots, byId, records),
    content,
  };
}

async function measure(runtime: Runtime, snapshotters: readonly string[], signal?: AbortSignal): Promise<Snapshots> {
  const found = new Map<string, ReadonlyMap<string, Measured>>();
  for (const snapshotter of snapshotters.filter((name) => name !== "")) {
    const listed = await runtime.snapshots(snapshotter, signal);
    const measured = await eachOfFew(listed, atOnce, async (snapshot): Promise<[string, Measured]> => {
      return [snapshot.name, { ...snapshot, bytes: await runtime.usage(snapshotter, snapshot.name, signal) }];
    });
    if (listed.length > 0) found.set(snapshotter, new Map(measured));
  }
  return found;
}

/** Each target once, with the names that point to it. */
async function readImages(runtime: Runtime, named: readonly { name: string; target: Target }[], signal?: AbortSignal) {
  const targets = new Map<string, { target: Target; names: string[] }>();
  for (const { name, target } of named) {
    const known = targets.get(target.digest);
    if (known) known.names.push(name);
    else targets.set(target.digest, { target, names: [name] });
  }
  const read = await eachOfFew([...targets.values()], atOnce, async ({ target, names }) => ({
    names: namesOf(names),
    documents: await readImageDocuments(runtime, target, signal),
  }));
  return {
    documents: read,
    unread: read.filter(({ documents }) => documents.length === 0).flatMap(({ names }) => names),
  };
}

/** Kubelets add each image once more under the digest of its config, which is no name that a person gave. */
function namesOf(names: readonly string[]): string[] {
  return names
    .filter((name) => !/^sha256:[a-f0-9]{64}$/.test(name))
    .toSorted((a, b) => Number(a.includes("@")) - Number(b.includes("@")) || compareText(a, b));
}

/** Of several platforms those that lie unpacked; where none does, the first, as one that is not. */
function unpackedOf(names: string[], documents: readonly ImageDocument[], snapshots: Snapshots): NodeImage[] {
  const images = documents.map((document): NodeImage => {
    const layers = document.layers.map((layer) => ({ ...layer, bytes: bytesOf(layer.chain, snapshots) }));
    return { ...document, names, layers, unpacked: layers.every(({ bytes }) => bytes !== null) };
  });
  const unpacked = images.filter((image) => image.unpacked);
  return unpacked.length > 0 ? unpacked : images.slice(0, 1);
}

function bytesOf(chain: string, snapshots: Snapshots): number | null {
  for (const known of snapshots.values()) {
    const snapshot = known.get(chain);
    if (snapshot?.kind === "committed") return snapshot.bytes;
  }
  return null;
}

/** Two manifests of one config, compressed in two ways, are one image. */
function mergeById(images: readonly NodeImage[]): NodeImage[] {
  const found = new Map<string, NodeImage>();
  for (const image of images) {
    const known = found.get(image.id);
    found.set(image.id, known ? { ...known, names: namesOf([...new Set([...known.names, ...image.names])]) } : image);
  }
  return [...found.values()];
}

type Surroundings = {
  readonly images: readonly NodeImage[];
  readonly snapshots: Snapshots;
  readonly running: ReadonlySet<string>;
};

function standingOf(
  record: ContainerRecord,
  { images, snapshots, running }: Surroundings,
): { ofPod?: NodeDisk["containers"][number]; other?: NodeDisk["others"][number] } {
  const { id, labels } = record;
  const snapshot = snapshots.get(record.snapshotter)?.get(record.snapshotKey);
  const standing = {
    id,
    image: imageOf(record, snapshot?.parent ?? null, images),
    running: running.has(id),
    writable: snapshot?.bytes ?? null,
  };
  const namespace = labels.get("io.kubernetes.pod.namespace");
  const pod = labels.get("io.kubernetes.pod.name");
  const name = labels.get("io.kubernetes.container.name");
  const isSandbox = labels.get("io.cri-containerd.kind") === "sandbox";
  if (!isSandbox && namespace !== undefined && pod !== undefined && name !== undefined)
    return { ofPod: { ...standing, namespace, pod, name, uid: labels.get("io.kubernetes.pod.uid") ?? "" } };
  return {
    other: {
      ...standing,
      kind: isSandbox ? "sandbox" : "other",
      name: isSandbox ? [namespace, pod].filter(Boolean).join("/") : id,
    },
  };
}

/**
 * A tag may have moved since the container was made: what it stands on is the snapshot below its own. Of two images with the same
 * layers the one that it was asked for by name.
 */
function imageOf(record: ContainerRecord, parent: string | null, images: readonly NodeImage[]): string {
  const isNamed = ({ id, names }: NodeImage) => id === record.image || names.includes(record.image);
  const below = parent === null ? images : images.filter(({ layers }) => (layers.at(-1)?.chain ?? "") === parent);
  return (below.find(isNamed) ?? (parent === null ? undefined : below[0]))?.id ?? record.image;
}

function leftoversOf(
  snapshots: Snapshots,
  images: readonly NodeImage[],
  records: readonly ContainerRecord[],
): NodeDisk["leftovers"] {
  const chains = new Set(images.flatMap(({ layers }) => layers.map(({ chain }) => chain)));
  const keys = new Set(records.map(({ snapshotter, snapshotKey }) => `${snapshotter} ${snapshotKey}`));
  let count = 0;
  let bytes = 0;
  for (const [snapshotter, known] of snapshots) {
    for (const snapshot of known.values()) {
      if (keys.has(`${snapshotter} ${snapshot.name}`) || (snapshot.kind === "committed" && chains.has(snapshot.name)))
        continue;
      count += 1;
      bytes += snapshot.bytes ?? 0;
    }
  }
  return { count, bytes };
}
