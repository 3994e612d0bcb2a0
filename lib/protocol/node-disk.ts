import { z } from "zod";

const bytes = z.number().int().nonnegative();
const text = z.string().max(4096);

const layer = z.object({
  chain: text,
  diff: text,
  /** Unpacked, as the snapshotter has measured it; null where this layer is not unpacked. */
  bytes: bytes.nullable(),
  /** As the manifest has it. */
  compressed: bytes.nullable(),
  /** The build step that made it. */
  createdBy: z.string().nullable(),
});

const image = z.object({
  /** Digest of the config. */
  id: text,
  /** Tags first, then digests. */
  names: z.array(text),
  /** Such as linux/amd64. */
  platform: text,
  /** Lowest first. */
  layers: z.array(layer).max(1000),
  /** Whether each layer lies unpacked on the disk. */
  unpacked: z.boolean(),
  compressed: bytes.nullable(),
});

const standing = {
  id: text,
  /** Id of its image; where that is gone, the name by which it was asked for. */
  image: text,
  running: z.boolean(),
  /** Bytes of its writable layer; null where it is not there any more. */
  writable: bytes.nullable(),
};

/** What lies on a node's disk, as the reader on it answers `GET /v1/disk`. Everything is in bytes. */
export const nodeDiskSchema = z.object({
  /** The name that the reader was given; null for none. */
  node: text.nullable(),
  runtime: z.object({ version: text, namespace: text, snapshotters: z.array(text) }),
  images: z.array(image).max(20_000),
  /** Names of images whose content is incomplete, or is no image of a container. */
  unread: z.array(text),
  /** Of pods. */
  containers: z.array(z.object({ ...standing, namespace: text, pod: text, uid: text, name: text })).max(50_000),
  /** What stands there beside: the sandboxes of pods, and what somebody else has started. */
  others: z.array(z.object({ ...standing, kind: z.enum(["sandbox", "other"]), name: text })).max(50_000),
  /** Snapshots that no image's layer and no container is. */
  leftovers: z.object({ count: z.number().int().nonnegative(), bytes }),
  /** Manifests, configs and compressed layers, beside what is unpacked. */
  content: z.object({ blobs: z.number().int().nonnegative(), bytes }),
});

export type NodeDisk = z.infer<typeof nodeDiskSchema>;
export type NodeImage = NodeDisk["images"][number];
