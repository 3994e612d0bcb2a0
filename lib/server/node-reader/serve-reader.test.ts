import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http2";
import type { ServerHttp2Stream } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { serveReader } from "./serve-reader.ts";

test("many who ask at once are one look at the disk, and a look that failed is not kept", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reader-"));
  const socket = join(folder, "containerd.sock");
  const looks: ServerHttp2Stream[] = [];
  const containerd = createServer();
  const first = Promise.withResolvers<void>();
  containerd.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":path"] !== "/containerd.services.version.v1.Version/Version") return;
    looks.push(stream);
    first.resolve();
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
  const ask = () => fetch(`http://127.0.0.1:${reader.port}/v1/disk`);
  const waiting = Array.from({ length: 10 }, ask);
  await first.promise;
  // All ten are there before the look ends: the eleventh, asked last on its own connection, has been answered.
  assert.equal((await fetch(`http://127.0.0.1:${reader.port}/livez`)).status, 200);
  refuse(looks[0]);
  const answers = await Promise.all(waiting);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [502]);
  assert.match(await (answers[0] as Response).text(), /"detail":"containerd: not today"/);
  assert.equal(looks.length, 1);
  const again = Promise.withResolvers<void>();
  containerd.on("stream", () => again.resolve());
  const next = ask();
  await again.promise;
  while (looks.length < 2) await new Promise((resolve) => setImmediate(resolve));
  refuse(looks[1]);
  assert.equal((await next).status, 502);
});

function refuse(stream: ServerHttp2Stream | undefined): void {
  const trailers = { "grpc-status": "7", "grpc-message": "not today" };
  stream?.respond({ ":status": 200, "content-type": "application/grpc", ...trailers }, { endStream: true });
}
