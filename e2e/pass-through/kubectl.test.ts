import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { binary } from "../cluster/binaries.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import { tryCommand } from "../cluster/run-command.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { seededPod } from "../server/seeded-pod.ts";
import { startStowage } from "../server/start-stowage.ts";
import { missing } from "../../tools/real-parts.ts";
import { TwoWays } from "./two-ways.ts";

const four: readonly Identity[] = ["admin", "team", "pods-only", "nobody"];

describe("kubectl through Stowage is kubectl", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let ways: TwoWays;
  let web: string;
  const namespace = `pass-${randomBytes(3).toString("hex")}`;
  const objects = (color: string) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "paint", namespace }, data: { color } },
        { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "painter", namespace } },
      ],
    });

  before(async () => {
    cluster = await runCluster();
    ways = await TwoWays.open(cluster);
    await cluster.kubectl(["create", "namespace", namespace]);
    web = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await ways?.close();
    await cluster?.kubectl(["delete", "namespace", namespace, "--wait=false", "--ignore-not-found"]);
  });

  for (const identity of four) {
    test(`${identity} reads the same bytes and gets the same refusals`, async () => {
      for (const args of [
        ["version", "-o", "json"],
        ["api-resources"],
        ["get", "pods", "-n", "shop"],
        ["get", "pods", "-A", "-o", "wide"],
        ["get", "deployments,services", "-n", "shop", "-o", "yaml"],
        ["get", "nodes"],
        ["get", "secrets", "-n", "shop", "-o", "yaml"],
        ["get", "--raw", "/api/v1/namespaces/shop/pods?limit=2"],
        ["get", "--raw", "/openapi/v2"],
        ["get", "--raw", "/metrics"],
        ["get", "--raw", "/nothing/here"],
        ["get", "clusterroles", "system:node"],
        ["describe", "configmap", "kube-root-ca.crt", "-n", "shop"],
        ["auth", "can-i", "--list", "-n", "shop"],
        ["auth", "whoami"],
        ["explain", "pods.spec.containers"],
        ["logs", "-n", "shop", web, "--tail=2"],
        ["exec", "-n", "shop", web, "--", "cat", "/www/version.txt"],
        ["scale", "-n", "shop", "deployment/web", "--replicas=3", "--dry-run=server"],
        ["delete", "configmap", "not-there", "-n", "shop"],
      ]) {
        // The figures of a running server are never the same twice.
        const changes = args.includes("/metrics");
        await waitUntil(
          async () => {
            const [ours, theirs] = [
              await ways.through(args, cluster.token(identity)),
              await ways.straight(args, cluster.token(identity)),
            ];
            const seen = (result: typeof ours) => ({
              ...result,
              stdout: changes ? "" : isTable(args) ? withoutAges(result.stdout) : result.stdout,
            });
            assert.deepEqual(seen(ours), seen(theirs), args.join(" "));
            return true;
          },
          { what: `kubectl ${args.join(" ")} to say the same by both ways`, timeoutSeconds: 15 },
        );
      }
    });
  }

  test("what an administrator writes is written", async () => {
    const token = cluster.token("admin");
    const ran = async (args: readonly string[], input?: string) => {
      const { code, stdout, stderr } = await ways.through(args, token, input);
      assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
      return stdout;
    };
    const color = () => cluster.kubectl(["get", "configmap", "paint", "-n", namespace, "-o", "jsonpath={.data.color}"]);
    assert.match(
      await ran(["apply", "-f", "-"], objects("red")),
      /configmap\/paint created\nserviceaccount\/painter cre/,
    );
    assert.equal(await color(), "red");
    assert.match(await ran(["apply", "-f", "-"], objects("blue")), /configmap\/paint configured/);
    assert.match(await ran(["apply", "-f", "-"], objects("blue")), /configmap\/paint unchanged/);
    await ran(["apply", "--server-side", "--force-conflicts", "-f", "-"], objects("green"));
    assert.equal(await color(), "green");
    await ran(["patch", "configmap", "paint", "-n", namespace, "-p", '{"data":{"color":"black"}}']);
    await ran(["label", "configmap", "paint", "-n", namespace, "kept=yes"]);
    assert.equal(await color(), "black");
    const big = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "big", namespace },
      data: { text: "x".repeat(900_000) },
    };
    await ran(["create", "-f", "-"], JSON.stringify(big));
    const tooBig = { ...big, metadata: { name: "bigger", namespace }, data: { text: "x".repeat(3_300_000) } };
    const [ours, theirs] = [
      await ways.through(["create", "-f", "-"], token, JSON.stringify(tooBig)),
      await ways.straight(["create", "-f", "-"], token, JSON.stringify(tooBig)),
    ];
    assert.deepEqual(ours, theirs, "the API server's own words for what is too large");
    await ran(["delete", "configmap,serviceaccount", "--all", "-n", namespace]);
    assert.equal(await cluster.kubectl(["get", "configmap", "paint", "-n", namespace, "--ignore-not-found"]), "");
  });

  test("whoever may not write is told so in the API server's words, and nothing is written", async () => {
    for (const identity of ["team", "pods-only", "nobody"] as const) {
      for (const args of [
        ["create", "-f", "-"],
        ["apply", "--server-side", "-f", "-"],
      ]) {
        const [ours, theirs] = [
          await ways.through(args, cluster.token(identity), objects("pink")),
          await ways.straight(args, cluster.token(identity), objects("pink")),
        ];
        assert.deepEqual(ours, theirs);
        assert.notEqual(ours.code, 0);
      }
    }
    assert.equal(await cluster.kubectl(["get", "configmap", "paint", "-n", namespace, "--ignore-not-found"]), "");
  });

  test("a watch tells each change when it comes, and a log goes on", async () => {
    const watch = ways.follow(["get", "configmaps", "-n", namespace, "-w", "-o", "name"], cluster.token("admin"));
    const log = ways.follow(["logs", "-n", "shop", "deploy/worker", "-f", "--tail=1"], cluster.token("admin"));
    for (const name of ["one", "two"]) {
      await waitUntil(() => watch.stdout.includes("kube-root-ca.crt"), { what: "the list", timeoutSeconds: 15 });
      await cluster.kubectl(["create", "configmap", name, "-n", namespace]);
      await waitUntil(() => watch.stdout.includes(`configmap/${name}\n`), {
        what: `${name} in the watch`,
        timeoutSeconds: 5,
      });
    }
    await waitUntil(() => log.stdout.trim().split("\n").length >= 4, { what: "lines of the log", timeoutSeconds: 15 });
    await Promise.all([watch.stop(), log.stop()]);
  });

  for (const websockets of ["true", "false"]) {
    const by = websockets === "true" ? "WebSocket" : "SPDY";
    const env = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: websockets, KUBECTL_PORT_FORWARD_WEBSOCKETS: websockets };
    test(`commands, copies and ports by ${by}`, async () => {
      const token = cluster.token("admin");
      const inPod = (script: string) => ["exec", "-i", "-n", "shop", web, "--", "sh", "-c", script];
      const ended = ways.follow(inPod("echo out; echo err >&2; exit 42"), token, env);
      assert.equal(await ended.ended, 42);
      assert.equal(ended.stdout, "out\n");
      assert.match(ended.stderr, /^err\n/);
      const bytes = randomBytes(300_000).toString("base64");
      const echoed = await ways.through(inPod("cat"), token, bytes, env);
      assert.equal(echoed.stdout, bytes);
      const port = ways.follow(["port-forward", "-n", "shop", web, ":8080"], token, env);
      const local = await waitUntil(() => /127\.0\.0\.1:(\d+) ->/.exec(port.stdout)?.[1], {
        what: "the port to be forwarded",
        timeoutSeconds: 15,
      });
      for (let time = 0; time < 3; time += 1) {
        const answer = await fetch(`http://127.0.0.1:${local}/static/bundle.bin`);
        assert.equal((await answer.arrayBuffer()).byteLength, 1_000_000);
      }
      await port.stop();
    });
  }

  test("plain http takes the token as the password of the address", async () => {
    const stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    const server = `http://me:${stowage.token}@127.0.0.1:${stowage.port}/api/clusters/stowage-${cluster.name}`;
    const env = { ...process.env, HOME: "/nonexistent", KUBECONFIG: "/dev/null" };
    const ran = (args: string[], more: Record<string, string> = {}) =>
      tryCommand(binary("kubectl"), ["--server", server, ...args], { env: { ...env, ...more } });
    try {
      assert.match((await ran(["get", "nodes", "-o", "name"])).stdout, /node\/real-1/);
      assert.equal((await ran(["auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"])).stdout, "admin");
      const spdy = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: "false" };
      const ended = await ran(["exec", "-n", "shop", web, "--", "sh", "-c", "echo out; exit 3"], spdy);
      assert.deepEqual([ended.code, ended.stdout], [3, "out\n"]);
    } finally {
      await stowage.stop();
    }
  });
});

/** What kubectl prints in columns, ages among them. */
function isTable(args: readonly string[]): boolean {
  return args[0] === "get" && !args.includes("--raw") && !args.includes("yaml");
}

/** Of a thousand rows some age has always grown between two reads, and made its column wider. */
function withoutAges(text: string): string {
  return text.replaceAll(/\b(?:\d+[dhms])+\b/g, "AGE").replaceAll(/ {2,}/g, "  ");
}
