import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { Containerd } from "../../lib/server/sources/containerd/containerd.ts";
import { readNodeDisk } from "../../lib/server/sources/containerd/read-node-disk.ts";
import type { NodeDisk } from "../../lib/protocol/node-disk.ts";
import { nodeDiskSchema } from "../../lib/protocol/node-disk.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { nodeName } from "../cluster/identities.ts";
import { runCommand } from "../cluster/run-command.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";

type Status = { name: string; containerID?: string; imageID?: string; state: { running?: object } };
type Pod = {
  metadata: { name: string; namespace: string; uid: string };
  status: { containerStatuses?: Status[]; initContainerStatuses?: Status[] };
};

suite("what lies on the disk of the real node", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let containerd: Containerd;
  let disk: NodeDisk;
  /** As `ctr snapshots usage` tells it, in bytes by key. */
  let usage: ReadonlyMap<string, number>;
  const ctr = (...args: string[]) =>
    runCommand("ctr", [
      `--address=${join(cluster.plan.paths.containerd, "containerd.sock")}`,
      "--namespace=k8s.io",
      ...args,
    ]);

  async function readUsage(): Promise<ReadonlyMap<string, number>> {
    const [, ...lines] = (await ctr("snapshots", "usage", "-b")).trim().split("\n");
    return new Map(lines.map((line) => [line.split(/\s+/)[0] ?? "", Number(line.split(/\s+/)[1])]));
  }

  before(async () => {
    cluster = await runCluster();
    containerd = new Containerd({ socket: join(cluster.plan.paths.containerd, "containerd.sock") });
    // Jobs come and go: what is compared was the same before and after.
    ({ disk, usage } = await waitUntil(
      async () => {
        const earlier = await readUsage();
        const read = await readNodeDisk(containerd, { node: nodeName });
        const later = await readUsage();
        return JSON.stringify([...earlier]) === JSON.stringify([...later]) && { disk: read, usage: later };
      },
      { what: "a node that stays as it is while it is looked at" },
    ));
  });
  after(() => containerd?.close());

  test("it is containerd's own version, and the answer has the shape that travels", async () => {
    const stdout = await ctr("version");
    const server = stdout.slice(stdout.indexOf("Server:"));
    assert.equal(disk.runtime.version, /Version:\s+(\S+)/.exec(server)?.[1]);
    assert.deepEqual(disk.runtime.snapshotters, ["overlayfs"]);
    assert.deepEqual(nodeDiskSchema.parse(JSON.parse(JSON.stringify(disk))), disk);
  });

  test("each layer and each writable layer has the bytes of ctr snapshots usage, and all add up", () => {
    const layers = new Map(
      disk.images.flatMap((image) => image.layers.map(({ chain, bytes }) => [chain, bytes] as const)),
    );
    assert.ok(layers.size > 5);
    for (const [chain, bytes] of layers) assert.equal(bytes, usage.get(chain), chain);
    const standing = [...disk.containers, ...disk.others];
    assert.ok(disk.containers.length > 5);
    for (const { id, writable } of standing) assert.equal(writable, usage.get(id), id);
    const sum = (numbers: Iterable<number | null | undefined>) =>
      [...numbers].reduce<number>((all, one) => all + (one ?? 0), 0);
    assert.equal(
      sum(layers.values()) + sum(standing.map(({ writable }) => writable)) + disk.leftovers.bytes,
      sum(usage.values()),
    );
    assert.equal(layers.size + standing.length + disk.leftovers.count, usage.size);
  });

  test("and those of the folders that overlayfs puts over one another", async () => {
    const container = disk.containers.find(({ running }) => running);
    assert.ok(container);
    const mounts = await ctr("snapshots", "mounts", "/mnt", container.id);
    const upper = /upperdir=([^,\s]+)/.exec(mounts)?.[1] ?? "";
    const lower = (/lowerdir=([^,\s]+)/.exec(mounts)?.[1] ?? "").split(":");
    const image = disk.images.find(({ id }) => id === container.image);
    assert.ok(image && image.layers.length > 1);
    const du = async (folder: string) =>
      Number((await runCommand("du", ["--summarize", "--block-size=1", folder])).split("\t")[0]);
    const measured = [];
    for (const folder of lower.toReversed()) measured.push(await du(folder));
    assert.deepEqual(
      image.layers.map(({ bytes }) => bytes),
      measured,
    );
    assert.equal(container.writable, await du(upper));
  });

  test("images are those of ctr images, and their chains those of the diffIDs in their configs", async () => {
    const names = (await ctr("images", "ls", "--quiet")).trim().split("\n");
    const named = names.filter((name) => !name.startsWith("sha256:"));
    assert.deepEqual([...disk.images.flatMap((image) => image.names), ...disk.unread].toSorted(), named.toSorted());
    for (const image of disk.images) {
      const text = await ctr("content", "get", image.id);
      assert.equal(`sha256:${createHash("sha256").update(text).digest("hex")}`, image.id);
      const config = JSON.parse(text) as { os: string; architecture: string; rootfs: { diff_ids: string[] } };
      let chain = "";
      const chains = config.rootfs.diff_ids.map((diff) => {
        chain = chain === "" ? diff : `sha256:${createHash("sha256").update(`${chain} ${diff}`).digest("hex")}`;
        return chain;
      });
      assert.deepEqual(
        image.layers.map((layer) => layer.chain),
        chains,
      );
      assert.equal(image.platform, `${config.os}/${config.architecture}`);
      assert.equal(image.unpacked, true);
    }
    // The kubelet adds each image once more by the digest of its config.
    const ids = names.filter((name) => name.startsWith("sha256:"));
    for (const id of ids)
      assert.ok(
        disk.images.some((image) => image.id === id),
        id,
      );
  });

  test("compressed layers and the content are as large as the files that hold them", async () => {
    const folder = join(cluster.plan.paths.containerd, "root/io.containerd.content.v1.content/blobs/sha256");
    const size = (digest: string) => statSync(join(folder, digest.replace("sha256:", ""))).size;
    const digests = (await ctr("content", "ls", "--quiet")).trim().split("\n");
    assert.equal(disk.content.blobs, digests.length);
    assert.equal(
      disk.content.bytes,
      digests.reduce((sum, digest) => sum + size(digest), 0),
    );
    const sizes = new Set(readdirSync(folder).map(size));
    for (const { layers } of disk.images)
      for (const { compressed, chain } of layers) assert.ok(compressed !== null && sizes.has(compressed), chain);
  });

  test("containers are those of the kubelet's pods, on the images that their status names", async () => {
    await waitUntil(
      async () => {
        const read = await readNodeDisk(containerd);
        const listed = await cluster.kubectl([
          "get",
          "pods",
          "-A",
          `--field-selector=spec.nodeName=${nodeName}`,
          "-o",
          "json",
        ]);
        const told = (JSON.parse(listed) as { items: Pod[] }).items.flatMap(({ metadata, status }) =>
          [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap((each) =>
            each.containerID === undefined
              ? []
              : [{ ...each, metadata, id: each.containerID.replace("containerd://", "") }],
          ),
        );
        const running = told.filter(({ state }) => state.running).map(({ id }) => id);
        if (running.length === 0) return false;
        assert.deepEqual(
          read.containers
            .filter((each) => each.running)
            .map(({ id }) => id)
            .toSorted(),
          running.toSorted(),
        );
        for (const { id, name, metadata, imageID = "", state } of told) {
          const own = read.containers.find((each) => each.id === id);
          // One that has ended may have been cleaned up already.
          if (!own && !state.running) continue;
          assert.deepEqual(
            [own?.namespace, own?.pod, own?.uid, own?.name],
            [metadata.namespace, metadata.name, metadata.uid, name],
          );
          const image = read.images.find((each) => each.id === own?.image);
          assert.ok(image?.names.includes(imageID) || image?.id === imageID, `${name} on ${imageID}`);
        }
        return true;
      },
      { what: "containerd and the kubelet to tell the same", timeoutSeconds: 60 },
    );
    const sandboxes = disk.others.filter(({ kind }) => kind === "sandbox");
    assert.ok(sandboxes.length > 0);
  });

  test("another namespace and another snapshotter hold nothing of it", async () => {
    const elsewhere = new Containerd({
      socket: join(cluster.plan.paths.containerd, "containerd.sock"),
      namespace: "stowage-none",
    });
    try {
      const read = await readNodeDisk(elsewhere, { snapshotters: ["overlayfs", "not-loaded"] });
      assert.deepEqual(
        [read.images, read.containers, read.others, read.leftovers.count, read.content.blobs],
        [[], [], [], 0, 0],
      );
    } finally {
      elsewhere.close();
    }
  });
});
