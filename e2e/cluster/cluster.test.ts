import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startCluster } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { churn } from "./churn.ts";
import type { Identity } from "./identities.ts";
import { silenceProgress } from "./progress.ts";
import { clusterStatus } from "./status.ts";
import { waitUntil } from "./wait-until.ts";

const name = "selftest";
let cluster: Cluster;

before(async () => {
  silenceProgress();
  cluster = await startCluster({ name, node: false, fakeNodes: 12, fakePods: 120, featureGates: { WatchList: true } });
});

after(async () => {
  await cluster.down({ wipe: true });
});

async function may(identity: Identity, ...question: string[]): Promise<boolean> {
  return (await cluster.tryKubectl(["auth", "can-i", ...question], { as: identity })).stdout.trim() === "yes";
}

test("starting it again changes nothing", async () => {
  const { parts } = await clusterStatus(cluster);
  const again = await startCluster({ name });
  assert.deepEqual((await clusterStatus(again)).parts, parts);
  assert.equal(again.plan.options.fakePods, 120);
});

test("each identity may do what it is there for", async () => {
  assert.equal(await may("admin", "delete", "nodes"), true);
  assert.equal(await may("team", "watch", "pods", "--namespace=shop"), true);
  assert.equal(await may("team", "list", "pods", "--namespace=pay"), false);
  assert.equal(await may("team", "list", "namespaces"), false);
  assert.equal(await may("pods-only", "list", "pods", "--all-namespaces"), true);
  assert.equal(await may("pods-only", "get", "pods/log", "--namespace=pay"), true);
  assert.equal(await may("pods-only", "list", "configmaps", "--all-namespaces"), false);
  assert.equal(await may("pods-only", "list", "events", "--namespace=shop"), false);
  assert.equal(await may("nobody", "list", "pods", "--namespace=shop"), false);
  assert.equal(await may("stowage-reader", "watch", "deployments.apps", "--all-namespaces"), true);
  assert.equal(await may("stowage-reader", "list", "secrets", "--all-namespaces"), false);
  assert.equal(await may("stowage-reader", "delete", "pods", "--namespace=shop"), false);
});

test("every canary is an object, and no canary is part of another", async () => {
  const everything = await cluster.kubectl([
    "get",
    "pods,configmaps,secrets,services,serviceaccounts,persistentvolumeclaims,events,deployments,statefulsets,daemonsets",
    "--all-namespaces",
    "--output=json",
  ]);
  const rest = await cluster.kubectl(["get", "jobs,cronjobs,ingresses,namespaces,nodes", "-A", "--output=json"]);
  const text = everything + rest;
  const { canaries } = cluster;
  assert.ok(canaries.length > 200);
  assert.equal(new Set(canaries.map((canary) => canary.value)).size, canaries.length);
  for (const { value } of canaries) assert.ok(text.includes(value), value);
});

test("pods of the fleet are in all their states, and their logs can be read", async () => {
  const table = await cluster.kubectl(["get", "pods", "--all-namespaces", "--selector=stowage.test/fleet=workload"]);
  assert.match(table, /Running/);
  assert.match(table, /CrashLoopBackOff/);
  assert.match(table, /Completed/);
  const [first] = (await cluster.kubectl(["get", "pods", "--namespace=fleet-01", "--output=name"])).split("\n");
  assert.match(await cluster.kubectl(["logs", "--namespace=fleet-01", first ?? "", "--tail=1"]), /handled request/);
});

test("churn writes at about its rate and says what it wrote", async () => {
  const api = cluster.api("seeder");
  const summary = await churn(api, { rate: 20, seconds: 5 });
  api.close();
  const writes = summary.statusPatches + summary.labelPatches + summary.deletions + summary.heartbeats;
  assert.ok(writes > 20 && writes <= 120, `${writes}`);
});

test("requests are in the audit log", async () => {
  await cluster.kubectl(["get", "--raw", "/api/v1/namespaces/shop/pods?limit=3&audited=yes"], { as: "team" });
  const lines = readFileSync(cluster.auditLog, "utf8").trimEnd().split("\n");
  const found = lines.map((line) => JSON.parse(line) as { requestURI: string; user: { username: string } });
  assert.ok(found.some((entry) => entry.requestURI.includes("audited=yes") && entry.user.username === "team"));
});

test("a part that was killed is missed by its status and can be started again", async () => {
  await cluster.kill("kube-scheduler");
  assert.equal(cluster.isRunning("kube-scheduler"), false);
  assert.equal((await clusterStatus(cluster)).healthy, false);
  await cluster.start("kube-scheduler");
  assert.equal((await clusterStatus(cluster)).healthy, true);
});

test("after a compaction and a restart of the API server, old versions are gone", async () => {
  const list = await cluster.kubectl(["get", "--raw", "/api/v1/namespaces/shop/pods?limit=1"]);
  const version = (JSON.parse(list) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
  await cluster.kubectl(["create", "configmap", "later", "--namespace=shop"]);
  await cluster.compactEtcd();
  await cluster.kill("kube-apiserver");
  await cluster.start("kube-apiserver");
  await cluster.kubectl(["delete", "configmap", "later", "--namespace=shop"]);
  const watch = `/api/v1/namespaces/shop/pods?watch=1&timeoutSeconds=2&resourceVersion=${version}`;
  const answer = await waitUntil(
    async () => {
      const { stdout, stderr } = await cluster.tryKubectl(["get", "--raw", watch]);
      return /"code":410|too old resource version/.test(stdout + stderr) && stdout + stderr;
    },
    { what: "the watch to be refused", timeoutSeconds: 60 },
  );
  assert.match(answer, /too old resource version/);
});

test("feature gates reach the API server", async () => {
  const watchList =
    "/api/v1/namespaces/shop/pods?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&timeoutSeconds=1";
  const request = `${watchList}&resourceVersionMatch=NotOlderThan`;
  assert.equal((await cluster.tryKubectl(["get", "--raw", request])).code, 0);
  await startCluster({ name, featureGates: { WatchList: false } });
  const refused = await cluster.tryKubectl(["get", "--raw", request]);
  assert.match(refused.stderr + refused.stdout, /sendInitialEvents is forbidden/);
});
