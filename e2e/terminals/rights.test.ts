import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { AuditLog } from "../server/audit-log.ts";
import { runCluster } from "../server/run-cluster.ts";
import { seededPod } from "../server/seeded-pod.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

/** Within this a right that was withdrawn has ended what is open, in seconds. */
const limit = 15;

describe("terminals are opened with the person's own right", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let pod: string;
  let source: string;
  const name = `terminals-${randomBytes(3).toString("hex")}`;
  const size = { cols: 80, rows: 24 };

  before(async () => {
    cluster = await runCluster();
    const rules = ["--verb=get,create", "--resource=pods/exec"];
    await cluster.kubectl(["create", "role", name, "-n", "shop", ...rules]);
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("stowage-reader"), args: ["--face", "team"] });
    source = `stowage-${cluster.name}-stowage-reader`;
    pod = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await stowage?.stop();
    await cluster?.kubectl(["delete", "rolebinding,role", name, "-n", "shop", "--ignore-not-found"]);
  });

  const grant = (user: string) =>
    cluster.kubectl(["create", "rolebinding", name, "-n", "shop", `--role=${name}`, `--user=${user}`]);
  const withdraw = () => cluster.kubectl(["delete", "rolebinding", name, "-n", "shop", "--ignore-not-found"]);
  const place = () => ({ source, namespace: "shop", pod, container: "web" });

  async function mayOpen(bearer: string, namespace: string): Promise<boolean> {
    const query = new URLSearchParams({ source, namespace, pod });
    return (await stowage.json<{ allowed: boolean }>(`/api/terminals?${query}`, bearer)).allowed;
  }

  test("who may not is told so, and nothing is asked of the container", async () => {
    for (const identity of ["team", "pods-only", "nobody"] as const) {
      const bearer = cluster.token(identity);
      const socket = await stowage.socket({ bearer });
      for (const namespace of ["shop", "pay"]) {
        assert.equal(await mayOpen(bearer, namespace), false);
        const terminal = socket.terminal({ ...place(), namespace, ...size });
        assert.equal((await terminal.ended()).code, "forbidden", `${identity} in ${namespace}`);
        assert.equal(terminal.bytes, 0);
      }
      socket.close();
    }
    const audit = new AuditLog(cluster);
    for (const identity of ["team", "pods-only", "nobody"] as const) {
      const asked = (await audit.ours(identity)).filter(({ objectRef }) => objectRef?.resource === "pods");
      assert.deepEqual(
        asked.filter(({ requestURI }) => requestURI.includes("/exec")),
        [],
      );
    }
    assert.equal((await stowage.ask(`/api/terminals?source=${source}&namespace=shop&pod=${pod}`)).status, 401);
  });

  test("a right in one namespace opens there and nowhere else, and a token leads nobody else there", async () => {
    await grant("team");
    const bearer = cluster.token("team");
    await waitUntil(() => mayOpen(bearer, "shop"), { what: "the right", timeoutSeconds: 10 });
    const socket = await stowage.socket({ bearer });
    const terminal = socket.terminal({ ...place(), ...size });
    const { token } = await terminal.open();
    await terminal.says(/# /);
    const elsewhere = socket.terminal({ ...place(), namespace: "pay", ...size });
    assert.equal((await elsewhere.ended()).code, "forbidden");
    for (const other of ["admin", "nobody"] as const) {
      const theirs = await stowage.socket({ bearer: cluster.token(other) });
      const stolen = theirs.terminal({ ...place(), ...size, resume: { token, from: 0 } });
      assert.equal((await stolen.ended()).code, "gone");
      assert.equal(stolen.bytes, 0);
      theirs.close();
    }
    terminal.hangUp();
    await terminal.ended();
    socket.close();
    await withdraw();
  });

  test("one that is watched and one that was left end within 15 s of the right", async (t) => {
    await grant("nobody");
    const bearer = cluster.token("nobody");
    await waitUntil(() => mayOpen(bearer, "shop"), { what: "the right", timeoutSeconds: 10 });
    const socket = await stowage.socket({ bearer });
    const left = await stowage.socket({ bearer });
    const watched = socket.terminal({ ...place(), ...size });
    const away = left.terminal({ ...place(), ...size });
    await Promise.all([watched.open(), away.open()]);
    left.close();
    const ended = stowage.logged("terminal.ended").length;
    const withdrawn = performance.now();
    await withdraw();
    const error = await watched.ended(limit + 10);
    const seconds = (performance.now() - withdrawn) / 1000;
    assert.equal(error.code, "forbidden");
    await waitUntil(async () => stowage.logged("terminal.ended").length >= ended + 2, {
      what: "both to end",
      timeoutSeconds: limit + 5,
    });
    const both = (performance.now() - withdrawn) / 1000;
    t.diagnostic(`ended after ${seconds.toFixed(1)} s, the one that was left after ${both.toFixed(1)} s`);
    assert.ok(both <= limit, `${both.toFixed(1)} s`);
    const token = away.opened?.token ?? "";
    const back = socket.terminal({ ...place(), ...size, resume: { token, from: 0 } });
    assert.equal((await back.ended()).code, "gone");
    socket.close();
  });

  test("signing out ends it, left or not", async () => {
    const cookie = await stowage.signIn(cluster.token("admin"));
    const socket = await stowage.socket({ cookie });
    const away = await stowage.socket({ cookie });
    const terminals = [socket, away].map((each) => each.terminal({ ...place(), ...size }));
    await Promise.all(terminals.map((terminal) => terminal.open()));
    away.close();
    const ended = stowage.logged("terminal.ended").length;
    await stowage.ask("/api/auth/sign-out", { method: "POST", headers: { cookie, origin: stowage.url }, body: "" });
    await waitUntil(async () => stowage.logged("terminal.ended").length >= ended + 2, {
      what: "both to end",
      timeoutSeconds: 10,
    });
    assert.ok(
      stowage
        .logged("terminal.ended")
        .slice(-2)
        .every(({ how }) => how === "signed-out"),
    );
  });

  test("stopping ends all of them", async () => {
    const other = await startStowage({ kubeconfig: cluster.kubeconfig("stowage-reader"), args: ["--face", "team"] });
    const socket = await other.socket({ bearer: cluster.token("admin") });
    const terminal = socket.terminal({ ...place(), ...size });
    await terminal.open();
    const command = `sleep ${randomInt(10_000, 100_000)}`;
    await terminal.type(`${command}\r`);
    const running = async () =>
      (await cluster.kubectl(["exec", "-n", "shop", pod, "-c", "web", "--", "ps"])).includes(command);
    await waitUntil(running, { what: "it to run", timeoutSeconds: 10 });
    await other.stop();
    await waitUntil(async () => !(await running()), { what: "it to end", timeoutSeconds: 15 });
    assert.equal(other.logged("terminal.ended").length, 1);
  });
});
