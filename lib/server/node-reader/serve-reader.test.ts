import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";

import { serveReader } from "./serve-reader.ts";

/** A reader of a containerd that holds nothing. `looks` counts, and what `fails` says is its refusal. */
async function reading(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reader-"));
  const socket = join(folder, "containerd.sock");
  const state = { looks: 0, fails: "" };
  const containerd = createServer();
  containerd.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":path"] === "/containerd.services.version.v1.Version/Version") state.looks += 1;
    const trailers = state.fails ? { "grpc-status": "7", "grpc-message": state.fails } : { "grpc-status": "0" };
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers(trailers));
    // A message without a field.
    stream.end(state.fails ? undefined : Buffer.alloc(5));
  });
  containerd.listen(socket);
  await once(containerd, "listening");
  const options = { namespace: "k8s.io", snapshotters: ["overlayfs"], node: null, secret: null, help: false };
  const reader = await serveReader({ ...options, socket, host: "127.0.0.1", port: 0 });
  t.after(async () => {
    await reader.stop();
    containerd.close();
    rmSync(folder, { recursive: true });
  });
  return { state, ask: () => fetch(`http://127.0.0.1:${reader.port}/v1/disk`) };
}

test("many who ask at once are one look at the disk", async (t) => {
  const { state, ask } = await reading(t);
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  await Promise.all(answers.map((answer) => answer.text()));
  assert.equal(state.looks, 1);
});

test("a look that failed is said, and not kept", async (t) => {
  const { state, ask } = await reading(t);
  state.fails = "not today";
  const failed = await ask();
  assert.equal(failed.status, 502);
  assert.match(await failed.text(), /"detail":"containerd: not today"/);
  state.fails = "";
  const answer = await ask();
  assert.deepEqual([answer.status, state.looks], [200, 2]);
  await answer.text();
});
