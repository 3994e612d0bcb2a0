import assert from "node:assert/strict";
import { test } from "node:test";

import type { KubeObject } from "../../../protocol/object.ts";
import { deployments, namespaces, nodes, pods, replicasets } from "../api/resources.ts";
import type { Resource } from "../api/resources.ts";
import { write } from "../api/write.ts";
import { backendOf } from "./backend-of.ts";
import { NodeLife } from "./node-life.ts";
import { World } from "./world.ts";

const start = Date.parse("2026-01-01T12:00:00Z");
const merge = "application/merge-patch+json";

/** A cluster of two nodes, nothing on them, and a way to write to it as the API does. */
function emptyWorld() {
  const world = new World(3, start);
  world.addNamespace("shop", start);
  const shape = { zone: "a", type: "m", cpu: 8, memory: 32, controlPlane: false, days: 1 };
  for (const name of ["one", "two"]) {
    world.nodes.push(new NodeLife(world, { ...shape, name, address: `10.0.0.${name.length}` }));
  }
  const backend = backendOf(world);
  const send = (
    method: string,
    resource: Resource,
    name: string | null,
    body: object,
    contentType = "",
    part: string | null = null,
  ) => {
    const namespace = resource === nodes || resource === namespaces ? null : "shop";
    const target = { resource, namespace, name, subresource: part };
    const query = new URLSearchParams();
    return write(method, { backend, target, query, contentType, text: JSON.stringify(body), userAgent: "test" }).body;
  };
  const live = (seconds: number) => world.agenda.until(world.agenda.now + seconds * 1000);
  return { world, send, live };
}

function deployment(image: string, replicas: number) {
  const labels = { app: "web" };
  const spec = { containers: [{ name: "web", image, resources: { requests: { cpu: "100m", memory: "64Mi" } } }] };
  return {
    metadata: { name: "web" },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

type Pod = KubeObject & { spec: { nodeName?: string; containers: { image: string }[] }; status: { phase: string } };
const podsOf = (world: World) => world.store.list(pods, "shop") as Pod[];
const running = (world: World) => podsOf(world).filter(({ status }) => status.phase === "Running").length;
const revisions = (world: World) =>
  new Map(
    world.store
      .list(replicasets, "shop")
      .map((set) => [
        set.metadata?.annotations?.["deployment.kubernetes.io/revision"],
        (set as { spec?: { replicas?: number } }).spec?.replicas,
      ]),
  );
const restart = (at: string) => ({
  spec: { template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": at } } } },
});

test("a deployment that somebody creates gets its pods, and as many as it is scaled to", () => {
  const { world, send, live } = emptyWorld();
  send("POST", deployments, null, deployment("web:1", 3));
  live(30);
  assert.equal(running(world), 3);
  send("PATCH", deployments, "web", { spec: { replicas: 5 } }, merge, "scale");
  live(30);
  assert.equal(running(world), 5);
  send("PUT", deployments, "web", { metadata: { name: "web" }, spec: { replicas: 1 } }, "", "scale");
  live(30);
  assert.equal(podsOf(world).length, 1);
});

test("another template is another revision, and one of before comes back under a new number", () => {
  const { world, send, live } = emptyWorld();
  send("POST", deployments, null, deployment("web:1", 2));
  live(30);
  send("PATCH", deployments, "web", restart("now"), merge);
  live(60);
  assert.deepEqual(
    revisions(world),
    new Map<unknown, unknown>([
      ["1", 0],
      ["2", 2],
    ]),
  );
  send("PATCH", deployments, "web", { spec: { template: { metadata: { annotations: null } } } }, merge);
  live(60);
  assert.deepEqual(
    revisions(world),
    new Map<unknown, unknown>([
      ["2", 0],
      ["3", 2],
    ]),
  );
  const object = world.store.get(deployments, "shop", "web");
  assert.equal(object?.metadata?.annotations?.["deployment.kubernetes.io/revision"], "3");
  assert.equal(running(world), 2);
});

test("a rollout that cannot pull its image keeps the old pods serving", () => {
  const { world, send, live } = emptyWorld();
  send("POST", deployments, null, deployment("web:1", 4));
  live(30);
  const wrong = { spec: { template: { spec: { containers: [{ name: "web", image: "web:mistyped" }] } } } };
  send("PATCH", deployments, "web", wrong, "application/strategic-merge-patch+json");
  live(120);
  const serving = podsOf(world).filter(
    ({ status, spec }) => status.phase === "Running" && spec.containers[0]?.image === "web:1",
  );
  assert.equal(serving.length, 3);
  assert.ok(podsOf(world).some((pod) => /ImagePullBackOff|ErrImagePull/.test(JSON.stringify(pod["status"]))));
});

test("a pod that is deleted is replaced, and a deployment takes along what it owns", () => {
  const { world, send, live } = emptyWorld();
  send("POST", deployments, null, deployment("web:1", 2));
  live(30);
  const [first] = podsOf(world);
  const left = send("DELETE", pods, first?.metadata?.name ?? "", {}) as KubeObject;
  assert.notEqual(left.metadata?.deletionTimestamp, undefined);
  live(30);
  assert.equal(running(world), 2);
  assert.ok(podsOf(world).every(({ metadata }) => metadata?.uid !== first?.metadata?.uid));
  send("DELETE", deployments, "web", { propagationPolicy: "Foreground" });
  assert.notEqual(world.store.get(deployments, "shop", "web")?.metadata?.deletionTimestamp, undefined);
  live(30);
  assert.deepEqual(
    [deployments, replicasets, pods].map((each) => world.store.list(each, "shop").length),
    [0, 0, 0],
  );
});

test("what is orphaned stays, and a deployment of the same template takes it up again", () => {
  const { world, send, live } = emptyWorld();
  send("POST", deployments, null, deployment("web:1", 2));
  live(30);
  const names = podsOf(world).map(({ metadata }) => metadata?.name);
  send("DELETE", deployments, "web", { propagationPolicy: "Orphan" });
  live(30);
  assert.equal(running(world), 2);
  send("POST", deployments, null, deployment("web:1", 2));
  live(30);
  assert.deepEqual(
    podsOf(world).map(({ metadata }) => metadata?.name),
    names,
  );
});

test("a cordoned node gets no new pods, and they go back to it afterwards", () => {
  const { world, send, live } = emptyWorld();
  send("PATCH", nodes, "one", { spec: { unschedulable: true } }, merge);
  const taints = (world.store.get(nodes, "", "one") as { spec?: { taints?: { key: string }[] } }).spec?.taints;
  assert.deepEqual(
    taints?.map(({ key }) => key),
    ["node.kubernetes.io/unschedulable"],
  );
  send("POST", deployments, null, deployment("web:1", 4));
  live(30);
  assert.deepEqual(new Set(podsOf(world).map(({ spec }) => spec.nodeName)), new Set(["two"]));
  send("PATCH", nodes, "one", { spec: { unschedulable: null } }, merge);
  send("PATCH", deployments, "web", { spec: { replicas: 6 } }, merge, "scale");
  live(30);
  assert.deepEqual(new Set(podsOf(world).map(({ spec }) => spec.nodeName)), new Set(["one", "two"]));
});

test("a bare pod is scheduled and runs, and one that is not restarted ends", () => {
  const { world, send, live } = emptyWorld();
  const pod = (name: string, spec: object) => ({
    metadata: { name },
    spec: { containers: [{ name: "c", image: "c:1" }], ...spec },
  });
  send("POST", pods, null, pod("stays", {}));
  const once = { restartPolicy: "Never", containers: [{ name: "c", image: "c:1", command: ["sleep", "5"] }] };
  send("POST", pods, null, pod("ends", once));
  send("POST", pods, null, pod("waits", { nodeSelector: { disk: "none" } }));
  live(30);
  const phases = Object.fromEntries(podsOf(world).map(({ metadata, status }) => [metadata?.name, status.phase]));
  assert.deepEqual(phases, { stays: "Running", ends: "Succeeded", waits: "Pending" });
  send("DELETE", pods, "stays", { gracePeriodSeconds: 0 });
  assert.equal(world.store.get(pods, "shop", "stays"), undefined);
});
