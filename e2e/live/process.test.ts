import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { sleep } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { runStowage, startStowage } from "../server/start-stowage.ts";

describe("the process", { skip: missing("own-cluster") }, () => {
  test("SIGTERM lets what is under way finish, sends tabs away and ends with 0", async (t) => {
    const cluster = await runCluster();
    const stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    const tab = await stowage.socket();
    const rows = tab.rows({ kind: "pods" });
    await rows.whole();
    const deaf = await stowage.socket();
    await deaf.hello;
    deaf.socket.pause();
    const slow = halfASignIn(stowage.port);
    await slow.arrived;
    const stopping = stowage.stop("SIGTERM");
    await sleep(500);
    const answer = await slow.finish();
    const [ended, left] = await Promise.all([stopping, tab.whenClosed()]);
    assert.equal(left.code, 1001, "tabs are told that the server goes away");
    assert.match(answer, /^HTTP\/1\.1 303 /, "what was under way is answered");
    assert.equal(ended.code, 0);
    t.diagnostic(`ended ${(ended.milliseconds / 1000).toFixed(1)} s after SIGTERM, with a tab that does not read`);
    assert.ok(
      ended.milliseconds <= 15_000,
      "and a tab that does not read delays it no longer than what is under way may",
    );
    await assert.rejects(stowage.get("/livez"));
    deaf.close();
  });

  test("what cannot be is said plainly, with exit code 2", async () => {
    const cluster = await runCluster();
    const env = { KUBECONFIG: cluster.kubeconfig("admin") };
    const stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    const busy = await runStowage(["--port", String(stowage.port)], env);
    assert.equal(busy.code, 2);
    assert.match(busy.stderr, new RegExp(`^Port ${stowage.port} is taken: .*--port\\.\\n$`));
    assert.equal((await stowage.get("/livez")).status, 200, "the one that was there is not disturbed");
    await stowage.stop();

    const open = await runStowage(["--host", "0.0.0.0"], env);
    assert.equal(open.code, 2);
    assert.match(open.stderr, /no sign-in/);
    const unknown = await runStowage(["--prot", "1"], env);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /--prot/);
  });

  test("without any cluster it serves, and says what it looked for", async () => {
    const stowage = await startStowage({ kubeconfig: "/nowhere/config" });
    const answer = await stowage.json<{ total: number; sources: unknown[] }>("/api/query?kind=pods");
    assert.deepEqual({ total: answer.total, sources: answer.sources }, { total: 0, sources: [] });
    const page = await stowage.get("/");
    assert.equal(page.status, 200);
    assert.ok(page.text.includes("/nowhere/config"));
    assert.equal((await stowage.stop()).code, 0);
  });
});

/** A form of which one half is sent, and the other when it shall be finished. */
function halfASignIn(port: number): { arrived: Promise<void>; finish(): Promise<string> } {
  const head = [
    "POST /api/auth/sign-in HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Length: 10",
    "Connection: close",
  ];
  const socket = connect(port, "127.0.0.1", () => socket.write(`${head.join("\r\n")}\r\n\r\ntoken`));
  let answer = "";
  const closed = new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
  });
  socket.on("error", () => undefined);
  socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
  return {
    arrived: sleep(300),
    async finish() {
      socket.write("=abcd");
      await closed;
      return answer;
    },
  };
}
