import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { NodeReaders } from "../../lib/server/node-reader/node-readers.ts";
import { newNonce, signRequest } from "../../lib/server/node-reader/signature.ts";
import { missing } from "../../tools/real-parts.ts";
import { nodeName } from "../cluster/identities.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { StackAnswer } from "../../lib/protocol/stack.ts";

const main = join(import.meta.dirname, "../../lib/server/node-reader/main.ts");
const secret = "a secret of this test, forty-two characters";
const target = `/v1/disk?node=${nodeName}`;

suite("the reader's process on the real node", { skip: missing("own-cluster") }, () => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-reader-"));
  const secretFile = join(folder, "secret");
  const started: ReturnType<typeof run>[] = [];
  let socket: string;
  let reader: Awaited<ReturnType<typeof start>>;

  function run(...args: string[]) {
    const child = spawn(process.execPath, ["--max-semi-space-size=1", "--max-old-space-size=64", main, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said = { stderr: "" };
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
    return { child, said };
  }

  async function start(...args: string[]) {
    const own = run("--listen", "127.0.0.1:0", "--node", nodeName, "--secret-file", secretFile, ...args);
    started.push(own);
    const port = await waitUntil(() => /"reader.listening".*"port":(\d+)/.exec(own.said.stderr)?.[1], {
      what: "the reader to listen",
      timeoutSeconds: 30,
      everyMilliseconds: 50,
      detail: () => own.said.stderr,
    });
    return { ...own, address: `http://127.0.0.1:${port}` };
  }

  before(async () => {
    writeFileSync(secretFile, secret, { mode: 0o600 });
    socket = join((await runCluster()).plan.paths.containerd, "containerd.sock");
    reader = await start("--socket", socket);
  });
  after(() => {
    for (const { child } of started) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  const readersAt = (address: string | null, by = secret) => new NodeReaders({ secret: by, find: () => address });
  const ask = (header?: string, path = target, method = "GET") =>
    fetch(`${reader.address}${path}`, { method, headers: header === undefined ? {} : { authorization: header } });
  const signed = (over: Partial<Parameters<typeof signRequest>[1]> = {}, by = secret) =>
    signRequest(by, { method: "GET", target, at: Date.now(), nonce: newNonce(), ...over });

  test("who holds the secret reads the node's disk", async () => {
    const disk = await readersAt(reader.address).disk("test", nodeName);
    assert.ok(disk && disk.images.length > 3 && disk.containers.length > 3);
    assert.equal(disk.node, nodeName);
    assert.ok(disk.images.every(({ layers }) => layers.every(({ bytes }) => bytes !== null && bytes > 0)));
    assert.equal(await readersAt(null).disk("test", nodeName), null);
  });

  test("that it lives it tells everybody, and nothing else", async () => {
    const alive = await ask(undefined, "/livez");
    assert.deepEqual([alive.status, await alive.text()], [200, '{"status":"ok"}']);
    for (const path of [target, "/v1/disk", "/", "/livez/", "/metrics"]) {
      const refused = await ask(undefined, path);
      assert.equal(refused.status, 401, path);
      assert.doesNotMatch(await refused.text(), /sha256|image/);
    }
    for (const method of ["POST", "PUT", "DELETE"])
      assert.equal((await ask(signed({ method }), target, method)).status, 405);
  });

  test("a signature is good once, for a minute, for this node and by this secret", async () => {
    const header = signed();
    assert.equal((await ask(header)).status, 200);
    const refusedFor = async (answer: Response) => [
      answer.status,
      ((await answer.json()) as { error: { detail: string } }).error.detail,
    ];
    assert.deepEqual(await refusedFor(await ask(header)), [401, "replayed"]);
    assert.deepEqual(await refusedFor(await ask(signed({ at: Date.now() - 90_000 }))), [401, "stale"]);
    assert.deepEqual(await refusedFor(await ask(signed({ at: Date.now() + 90_000 }))), [401, "stale"]);
    assert.deepEqual(await refusedFor(await ask(signed({}, `${secret}!`))), [401, "wrong"]);
    assert.deepEqual(await refusedFor(await ask(signed({ target: "/v1/disk?node=other" }))), [401, "wrong"]);
    const other = "/v1/disk?node=other";
    assert.deepEqual(await refusedFor(await ask(signed({ target: other }), other)), [404, "another node"]);
    assert.ok(!reader.said.stderr.includes(secret));
  });

  test("Stowage says why it was refused, and believes nobody who cannot sign", async () => {
    await assert.rejects(readersAt(reader.address, `${secret}!`).disk("test", nodeName), {
      code: "source-refused",
      message: /wrong/,
    });
    await assert.rejects(readersAt(reader.address).disk("test", "other"), {
      code: "source-refused",
      message: /another node/,
    });
    const honest = await ask(signed());
    const [body, signature] = [await honest.text(), honest.headers.get("stowage-signature") ?? ""];
    // It heard an answer, and gives it to the next who asks.
    const impostor = createServer((_, response) => {
      response.setHeader("stowage-signature", signature);
      response.end(body);
    }).listen(0, "127.0.0.1");
    await once(impostor, "listening");
    const { port } = impostor.address() as AddressInfo;
    await assert.rejects(readersAt(`http://127.0.0.1:${port}`).disk("test", nodeName), {
      code: "source-refused",
      message: /does not hold the readers' secret/,
    });
    impostor.close();
    impostor.closeAllConnections();
    await assert.rejects(readersAt(`http://127.0.0.1:${port}`).disk("test", nodeName), { code: "source-unreachable" });
  });

  test("its memory is small", () => {
    // Its own pages: those of Node's program are shared.
    const status = readFileSync(`/proc/${reader.child.pid}/status`, "utf8");
    const kilobytes = Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]);
    assert.ok(kilobytes < 120_000, `${kilobytes} kB`);
  });

  test("without containerd it says so and lives on", async () => {
    const lonely = await start("--socket", join(folder, "none.sock"));
    await assert.rejects(readersAt(lonely.address).disk("test", nodeName), {
      code: "source-unreachable",
      message: /ENOENT/,
    });
    assert.equal((await fetch(`${lonely.address}/livez`)).status, 200);
    lonely.child.kill("SIGTERM");
    assert.deepEqual(await once(lonely.child, "exit"), [0, null]);
  });

  test("where others reach it, it does not start without a secret", async () => {
    const open = run("--listen", "0.0.0.0:0", "--socket", socket);
    started.push(open);
    assert.deepEqual(await once(open.child, "exit"), [2, null]);
    assert.match(open.said.stderr, /--secret-file/);
  });

  test("without a secret, on this machine, a foreign name is refused", async () => {
    const own = run("--listen", "127.0.0.1:0", "--socket", socket);
    started.push(own);
    const port = await waitUntil(() => /"port":(\d+)/.exec(own.said.stderr)?.[1], { what: "the reader to listen" });
    const address = `http://127.0.0.1:${port}`;
    assert.ok(await new NodeReaders({ secret: null, find: () => address }).disk("test", nodeName));
    const asked = get(`${address}/v1/disk`, { headers: { host: `evil.example:${port}` } });
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 403);
  });

  test("the console draws the node with what was measured, and only the containers that the person may see", async () => {
    const cluster = await runCluster();
    const stowage = await startStowage({
      kubeconfig: cluster.kubeconfig("stowage-reader"),
      args: ["--face", "team", "--node-readers", `${nodeName}=${reader.address}`],
      env: { STOWAGE_NODE_READER_SECRET: secret },
    });
    try {
      const source = `stowage-${cluster.name}-stowage-reader`;
      const bearer = cluster.token("admin");
      const { stack } = await stowage.json<StackAnswer>(`/api/stack?on=${source}/${nodeName}`, bearer);
      const disk = await readersAt(reader.address).disk("test", nodeName);
      const measured = new Map(
        disk?.images.flatMap(({ layers }) => layers.map(({ chain, bytes }) => [chain, bytes] as const)),
      );
      const drawn = new Map(
        stack.images.flatMap(({ layers }) => layers.map(({ chain, bytes, mark }) => [chain, { bytes, mark }] as const)),
      );
      assert.ok(drawn.size > 3);
      for (const [chain, { bytes, mark }] of drawn) {
        assert.equal(mark, "measured", chain);
        assert.equal(bytes, measured.get(chain), chain);
      }
      const web = stack.containers.find(({ pod, name }) => pod?.namespace === "shop" && name === "web");
      assert.ok(web && web.writable !== null, "its writable layer was measured");
      assert.ok(
        stack.images.some(({ id }) => id === web.image),
        "and it stands on an image",
      );
      const refused = await stowage.get(`/api/stack?on=${source}/${nodeName}`, cluster.token("team"));
      assert.equal(refused.status, 403, "who may not read the node is told nothing of its disk");
    } finally {
      await stowage.stop();
    }
  });
});
