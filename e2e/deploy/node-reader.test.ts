import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { NodeReaders } from "../../lib/server/node-reader/node-readers.ts";
import { readerAddresses } from "../../lib/server/node-reader/reader-addresses.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { nodeName } from "../cluster/identities.ts";
import { runCluster } from "../server/run-cluster.ts";
import { docker, tryDocker } from "./docker.ts";
import { manifestText, objectsIn } from "./manifest.ts";
import { buildStowageImage } from "./stowage-image.ts";

const name = "stowage-node-reader";
const secret = "a secret of this test, forty-two characters";

describe("deploy/node-reader.yaml", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let image: string;
  let manifest: string;
  let ours = false;
  const kubectl = (...args: string[]) => cluster.kubectl([`--namespace=${name}`, ...args]);

  before(async () => {
    cluster = await runCluster();
    image = `${cluster.registry}/stowage-test/stowage:reader`;
    await buildStowageImage(cluster, image);
    await docker(cluster, ["push", image]);
    // As a person would edit it: the image and the socket's folder; and the cluster's fake nodes run nothing.
    manifest = manifestText("node-reader.yaml")
      .replaceAll(/image: stowage:\S+/g, `image: ${image}`)
      .replace("            path: /run/containerd\n", `            path: ${cluster.plan.paths.containerd}\n`)
      .replace("kubernetes.io/os: linux", "stowage.test/node: real");
    const there = await cluster.kubectl(["get", "--ignore-not-found", "--output=name", "-f", "-"], { input: manifest });
    assert.equal(there.trim(), "");
    ours = true;
    await cluster.kubectl(["create", "namespace", name]);
    await kubectl("create", "secret", "generic", name, `--from-literal=secret=${secret}`);
    await cluster.kubectl(["apply", "-f", "-"], { input: manifest });
    await kubectl("rollout", "status", `daemonset/${name}`, "--timeout=120s");
  });

  after(async () => {
    if (ours) await cluster.tryKubectl(["delete", "--ignore-not-found", "-f", "-"], { input: manifest });
    await tryDocker(cluster, ["image", "rm", "--no-prune", image]);
  });

  /** As Stowage finds it: by the pods that the API server tells of. */
  async function readers(by: string): Promise<NodeReaders> {
    const { items } = JSON.parse(await kubectl("get", "pods", "--output=json")) as { items: unknown[] };
    const addresses = readerAddresses(items, name);
    assert.deepEqual([...addresses.keys()], [nodeName]);
    return new NodeReaders({ secret: by, find: (_, node) => addresses.get(node) ?? null });
  }

  test("Stowage finds the reader on the real node and reads what lies there, the reader's own image too", async () => {
    const disk = await (await readers(secret)).disk("test", nodeName);
    assert.equal(disk?.node, nodeName);
    const own = disk.containers.find(({ namespace }) => namespace === name);
    assert.equal(own?.running, true);
    const layers = disk.images.find(({ id }) => id === own.image)?.layers ?? [];
    assert.ok(layers.length > 1 && layers.every(({ bytes }) => bytes !== null));
  });

  test("whoever does not hold the secret is refused", async () => {
    await assert.rejects((await readers(`${secret}!`)).disk("test", nodeName), {
      code: "source-refused",
      message: /wrong/,
    });
  });

  test("root without a capability, on a file system that it cannot change", async () => {
    const [pod = ""] = (await kubectl("get", "pods", "--output=name")).trim().split("\n");
    const status = await kubectl("exec", pod, "--", "/bin/busybox", "cat", "/proc/1/status");
    assert.match(status, /CapEff:\s+0+\n/);
    assert.match(status, /CapBnd:\s+0+\n/);
    assert.match(status, /NoNewPrivs:\s+1/);
    assert.match(status, /Seccomp:\s+2/);
    for (const file of ["/app/x", "/run/containerd/x", "/tmp/x"]) {
      const { code, stderr } = await cluster.tryKubectl([
        `--namespace=${name}`,
        "exec",
        pod,
        "--",
        "/bin/busybox",
        "touch",
        file,
      ]);
      assert.notEqual(code, 0, file);
      assert.match(stderr, /Read-only file system/, file);
    }
    const { code } = await cluster.tryKubectl([
      `--namespace=${name}`,
      "exec",
      pod,
      "--",
      "/bin/busybox",
      "ls",
      "/var/run/secrets/kubernetes.io",
    ]);
    assert.notEqual(code, 0);
  });

  test("it asks Kubernetes for no right", () => {
    assert.deepEqual(
      objectsIn(manifest)
        .map(({ kind }) => kind)
        .toSorted(),
      ["DaemonSet", "Namespace", "NetworkPolicy"],
    );
  });
});
