import assert from "node:assert/strict";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import { seededPod } from "../server/seeded-pod.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { podWithoutShell } from "./shell-pods.ts";

describe("a terminal in a container of the real node", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let pod: string;
  const name = `terminals-${randomBytes(3).toString("hex")}`;
  const size = { cols: 90, rows: 30 };

  before(async () => {
    cluster = await runCluster();
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    pod = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await stowage?.stop();
    await cluster?.kubectl(["delete", "pod", name, "-n", "shop", "--ignore-not-found", "--wait=false"]);
  });

  function place() {
    return { source: `stowage-${cluster.name}`, namespace: "shop", pod, container: "web" };
  }

  async function shellOn(socket: LiveSocket) {
    const terminal = socket.terminal({ ...place(), ...size });
    await terminal.open();
    await terminal.says(/# /);
    return terminal;
  }

  test("has the size it is given, colours, and an exit code", async () => {
    const socket = await stowage.socket();
    const terminal = await shellOn(socket);
    assert.equal(terminal.opened?.shell, "ash");
    await terminal.type("stty size\r");
    assert.equal((await terminal.says(/(\d+ \d+)\r\n/))[1], "30 90");
    terminal.resize(132, 43);
    await terminal.type("stty size; echo $TERM\r");
    assert.equal((await terminal.says(/(\d+ \d+)\r\n/))[1], "43 132");
    await terminal.says(/xterm-256color/);
    await terminal.type("exit 7\r");
    await terminal.until(() => terminal.done, "the end");
    assert.equal(terminal.exit, 7);
    socket.close();
  });

  test("says UTF-8 whole wherever it is cut, and takes it", async () => {
    const socket = await stowage.socket();
    const terminal = await shellOn(socket);
    const text = "스토우지 ⛴ 컨테이너";
    for (const byte of new TextEncoder().encode(`echo "[${text}]"`)) await terminal.type(new Uint8Array([byte]));
    await terminal.type("\r");
    await terminal.says(new RegExp(`\\n\\[${text}\\]\\r\\n`));
    terminal.hangUp();
    socket.close();
  });

  test("takes a megabyte that is pasted, every byte of it", async (t) => {
    const socket = await stowage.socket();
    const terminal = await shellOn(socket);
    const lines: string[] = [];
    for (let length = 0; length < 1024 * 1024; length += 77) lines.push(randomBytes(57).toString("base64"));
    const paste = `${lines.join("\n")}\n`;
    const began = performance.now();
    await terminal.type(`cat > /tmp/${name}\r`);
    await terminal.type(paste);
    await terminal.type("\u0004");
    await terminal.type(`sha256sum /tmp/${name}; wc -c < /tmp/${name}; rm /tmp/${name}\r`);
    const [, sum] = await terminal.says(/([0-9a-f]{64}) {2}\/tmp/, 60);
    const [, length] = await terminal.says(/(\d{6,})\r\n/);
    t.diagnostic(`${length} bytes in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    assert.equal(Number(length), paste.length);
    assert.equal(sum, createHash("sha256").update(paste).digest("hex"));
    terminal.hangUp();
    socket.close();
  });

  test("waits for whoever draws, and loses nothing of five megabytes", async (t) => {
    const socket = await stowage.socket();
    const terminal = await shellOn(socket);
    terminal.draws = false;
    const before = terminal.at;
    await terminal.type("yes 0123456789 | head -n 420000; echo all-$((1+1))\r");
    await terminal.until(() => terminal.at - before > 200 * 1024, "the window to fill");
    const held = terminal.at;
    await sleep(1000);
    assert.ok(terminal.at - before <= 256 * 1024 + 4096, `${terminal.at - before} bytes came unasked`);
    assert.ok(terminal.at - held < 200 * 1024);
    const began = performance.now();
    terminal.draws = true;
    terminal.see();
    await terminal.until(() => terminal.text.includes("all-2"), "the end of it", 60);
    const seconds = (performance.now() - began) / 1000;
    t.diagnostic(`${((terminal.at - before) / 1e6 / seconds).toFixed(1)} MB/s`);
    assert.equal(terminal.text.match(/0123456789\r\n/g)?.length, 420_000);
    terminal.hangUp();
    socket.close();
  });

  test("goes on after its tab's connection was lost, from where that was and from the beginning", async () => {
    const first = await stowage.socket();
    const terminal = await shellOn(first);
    await terminal.type("export KEPT=yes; (sleep 1; echo while-away) & \r");
    await terminal.says(/# /);
    const { at } = terminal;
    const token = terminal.opened?.token ?? "";
    first.close();
    await sleep(1500);

    const second = await stowage.socket();
    const again = second.terminal({ ...place(), ...size, resume: { token, from: at } });
    await again.open();
    assert.equal(again.opened?.from, at);
    await again.says(/while-away/);
    await again.type("echo kept-$KEPT\r");
    await again.says(/kept-yes/);

    const third = await stowage.socket();
    const whole = third.terminal({ ...place(), ...size, resume: { token, from: 0 } });
    await whole.open();
    assert.equal(whole.opened?.from, 0);
    await whole.says(/export KEPT[^]*while-away[^]*kept-yes/);
    await again.until(() => again.done, "the earlier tab to be told");
    assert.equal(again.exit, null);
    assert.equal((whole.opened?.input ?? 0) > 0, true);
    await whole.type("exit\r");
    await whole.until(() => whole.exit === 0, "the end");

    const late = third.terminal({ ...place(), ...size, resume: { token, from: 0 } });
    assert.equal((await late.ended()).code, "gone");
    for (const socket of [second, third]) socket.close();
  });

  test("ends what runs in it when it is hung up", async () => {
    const socket = await stowage.socket();
    const terminal = await shellOn(socket);
    const command = `sleep ${randomInt(10_000, 100_000)}`;
    await terminal.type(`${command}\r`);
    const running = async () =>
      (await cluster.kubectl(["exec", "-n", "shop", pod, "-c", "web", "--", "ps"])).includes(command);
    await waitUntil(running, { what: "it to run", timeoutSeconds: 10 });
    terminal.hangUp();
    await waitUntil(async () => !(await running()), { what: "it to end", timeoutSeconds: 15 });
    socket.close();
  });

  test("cannot be opened where there is no shell, no container, no pod, nothing that runs", async () => {
    await podWithoutShell(cluster, name);
    const socket = await stowage.socket();
    const bare = socket.terminal({ ...place(), pod: name, container: "bare", ...size });
    assert.equal((await bare.ended()).code, "no-shell");
    const other = socket.terminal({ ...place(), container: "nothing", ...size });
    assert.match((await other.ended()).detail ?? "", /container nothing is not valid/);
    const nobody = socket.terminal({ ...place(), pod: "nothing", ...size });
    assert.equal((await nobody.ended()).code, "not-found");
    const waiting = await seededPod(cluster, "shop", "checkout");
    const unstarted = socket.terminal({ ...place(), pod: waiting, container: "checkout", ...size });
    const { code, detail } = await unstarted.ended();
    assert.notEqual(code, "internal");
    assert.match(detail ?? "", /container/);
    socket.close();
  });

  test("is one of ten at most, and nothing that is typed is in the log", async () => {
    const socket = await stowage.socket();
    const terminals = Array.from({ length: 11 }, () => socket.terminal({ ...place(), ...size }));
    const ends = await Promise.allSettled(terminals.map((terminal) => terminal.open()));
    assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 10);
    assert.equal(terminals.find(({ error }) => error)?.error?.code, "too-many");
    const [one] = terminals.filter(({ opened }) => opened !== null);
    await one?.type("echo canary-of-the-terminal\r");
    await one?.says(/\ncanary-of-the-terminal/);
    for (const terminal of terminals) if (terminal.opened) terminal.hangUp();
    await waitUntil(async () => stowage.logged("terminal.ended").length >= 10, {
      what: "their ends",
      timeoutSeconds: 10,
    });
    assert.ok(!stowage.stderr.includes("canary-of-the-terminal"));
    assert.ok(!stowage.stderr.includes(one?.opened?.token ?? "none"));
    socket.close();
  });
});
