import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { StowageError } from "../../error.ts";
import { chainIds } from "../docker/chain-ids.ts";
import type { ContainerRecord, Snapshot } from "./containerd.ts";
import { readNodeDisk } from "./read-node-disk.ts";

const sha = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** A node in memory: images by their layers' letters, unpacked as far as told, and containers on them. */
class FakeNode {
  readonly namespace = "k8s.io";
  readonly blobs = new Map<string, string>();
  readonly named: { name: string; target: { mediaType: string; digest: string; size: number } }[] = [];
  readonly listed: Snapshot[] = [];
  readonly sizes = new Map<string, number>();
  readonly records: ContainerRecord[] = [];

  put(document: unknown): string {
    const text = JSON.stringify(document);
    this.blobs.set(sha(text), text);
    return sha(text);
  }

  /** Digests of the manifest and the config, and the chains. */
  image(layers: string, { arch = "amd64", unpacked = true }: { arch?: string; unpacked?: boolean } = {}) {
    const diffs = layers.split("").map(sha);
    const chains = chainIds(diffs);
    const config = this.put({
      os: "linux",
      architecture: arch,
      rootfs: { type: "layers", diff_ids: diffs },
      history: [
        ...layers.split("").map((letter) => ({ created_by: `ADD ${letter}` })),
        { created_by: "CMD x", empty_layer: true },
      ],
    });
    const manifest = this.put({
      config: { digest: config, size: 1 },
      layers: diffs.map((_, place) => ({ digest: sha(`z${layers[place] ?? ""}`), size: 10 + place })),
    });
    if (unpacked)
      for (const [place, chain] of chains.entries()) this.snapshot(chain, chains[place - 1], "committed", 100);
    return { manifest, config, chains, top: chains.at(-1) ?? "" };
  }

  snapshot(name: string, parent = "", kind: Snapshot["kind"] = "active", size = 5): void {
    if (!this.sizes.has(name)) this.listed.push({ name, parent, kind });
    this.sizes.set(name, size);
  }

  name(name: string, digest: string): void {
    this.named.push({ name, target: { mediaType: "x", digest, size: 1 } });
  }

  container(id: string, image: string, below: string, labels: Record<string, string> = {}): void {
    this.snapshot(id, below);
    const record = { id, image, snapshotter: "overlayfs", snapshotKey: id, labels: new Map(Object.entries(labels)) };
    this.records.push(record);
  }

  version = async () => "2.0";
  images = async () => this.named;
  containers = async () => this.records;
  running = async () => new Set(["c1"]);
  content = async () => ({ blobs: this.blobs.size, bytes: 1 });
  snapshots = async (name: string) => (name === "overlayfs" ? this.listed : []);
  usage = async (_: string, key: string) => this.sizes.get(key) ?? null;
  async blob(digest: string) {
    const text = this.blobs.get(digest);
    return text === undefined ? null : new TextEncoder().encode(text);
  }
}

const ofPod = (pod: string, name: string) => ({
  "io.cri-containerd.kind": "container",
  "io.kubernetes.pod.namespace": "shop",
  "io.kubernetes.pod.name": pod,
  "io.kubernetes.pod.uid": "u1",
  "io.kubernetes.container.name": name,
});

test("layers are measured in their place, with what the manifest and the history say beside", async () => {
  const node = new FakeNode();
  const { manifest, config, chains } = node.image("ab");
  node.name("r/web@sha256:1", manifest);
  node.name("r/web:1", manifest);
  node.name(config, manifest);
  const { images } = await readNodeDisk(node);
  const layer = (place: number, letter: string) => {
    return { diff: sha(letter), chain: chains[place], compressed: 10 + place, createdBy: `ADD ${letter}`, bytes: 100 };
  };
  assert.deepEqual(images, [
    {
      id: config,
      names: ["r/web:1", "r/web@sha256:1"],
      platform: "linux/amd64",
      layers: [layer(0, "a"), layer(1, "b")],
      unpacked: true,
      compressed: 21,
    },
  ]);
});

test("of several platforms the one that is unpacked is told, and neither attestations nor what is not there", async () => {
  const node = new FakeNode();
  const arm = node.image("xy", { arch: "arm64", unpacked: false });
  const amd = node.image("ab");
  const attested = node.put({
    config: { digest: node.put({ os: "unknown", rootfs: { type: "layers", diff_ids: [] } }), size: 1 },
    layers: [],
  });
  const manifests = [arm.manifest, amd.manifest, attested, sha("not here")].map((digest) => ({ digest, size: 1 }));
  node.name("r/web:1", node.put({ manifests }));
  const { images, unread } = await readNodeDisk(node);
  assert.deepEqual(
    images.map(({ id, platform }) => [id, platform]),
    [[amd.config, "linux/amd64"]],
  );
  assert.deepEqual(unread, []);
});

test("an image that is not unpacked has no bytes but where another lends it a layer", async () => {
  const node = new FakeNode();
  node.name("r/web:1", node.image("ab").manifest);
  node.name("r/api:1", node.image("ac", { unpacked: false }).manifest);
  const { images } = await readNodeDisk(node);
  const api = images.find(({ names }) => names.includes("r/api:1"));
  assert.equal(api?.unpacked, false);
  assert.deepEqual(
    api.layers.map(({ bytes }) => bytes),
    [100, null],
  );
});

test("an image whose documents are missing or make no sense is named and not counted", async () => {
  const node = new FakeNode();
  node.name("r/gone:1", sha("gone"));
  node.name("r/chart:1", node.put({ config: { digest: node.put({ name: "chart" }), size: 1 }, layers: [] }));
  node.blobs.set(sha("broken"), "{");
  node.name("r/broken:1", sha("broken"));
  const { images, unread } = await readNodeDisk(node);
  assert.deepEqual([images, unread], [[], ["r/broken:1", "r/chart:1", "r/gone:1"]]);
});

test("a container stands on what lies below its snapshot, also after its tag has moved", async () => {
  const node = new FakeNode();
  const old = node.image("ab");
  const moved = node.image("ac");
  const twin = node.image("ac", { arch: "arm64" });
  node.name("r/web@sha256:old", old.manifest);
  node.name("r/web:1", moved.manifest);
  node.name("r/twin:1", twin.manifest);
  node.container("c1", "r/web:1", old.top, ofPod("web-1", "main"));
  node.container("c2", "r/twin:1", moved.top, ofPod("web-2", "main"));
  node.container("c3", "r/removed:1", sha("no chain"), ofPod("web-3", "main"));
  const { containers } = await readNodeDisk(node);
  assert.deepEqual(containers[0], {
    id: "c1",
    image: old.config,
    running: true,
    writable: 5,
    namespace: "shop",
    pod: "web-1",
    uid: "u1",
    name: "main",
  });
  assert.deepEqual(
    containers.map(({ image, running }) => [image, running]),
    [
      [old.config, true],
      [twin.config, false],
      ["r/removed:1", false],
    ],
  );
});

test("sandboxes and what somebody else started are no containers of pods, and what nobody holds is left over", async () => {
  const node = new FakeNode();
  const pause = node.image("p");
  node.name("r/pause:1", pause.manifest);
  node.container("s1", "r/pause:1", pause.top, { ...ofPod("web-1", "x"), "io.cri-containerd.kind": "sandbox" });
  node.container("m1", "r/pause:1", pause.top);
  node.snapshot("extract-1", pause.top, "active", 7);
  node.snapshot(sha("nobody's"), "", "committed", 30);
  const { containers, others, leftovers } = await readNodeDisk(node);
  assert.deepEqual(containers, []);
  assert.deepEqual(
    others.map(({ kind, name }) => [kind, name]),
    [
      ["sandbox", "shop/web-1"],
      ["other", "m1"],
    ],
  );
  assert.deepEqual(leftovers, { count: 2, bytes: 37 });
});

test("a failure of the whole is no half answer", async () => {
  const node = new FakeNode();
  node.name("r/web:1", node.image("ab").manifest);
  node.blob = async () => {
    throw new StowageError("source-unreachable", "gone");
  };
  await assert.rejects(readNodeDisk(node), { code: "source-unreachable" });
});
