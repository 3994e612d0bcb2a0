import assert from "node:assert/strict";
import { test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { sleep } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { startBenchServer } from "./bench-server.ts";
import { rowsInDocument } from "./document-bytes.ts";
import { screenBars } from "./screen-bars.ts";
import { openViewer, openWholeViewer } from "./viewer.ts";

test("the data of the first pod screen is a few kilobytes", { skip: missing("own-cluster") }, async (t) => {
  const cluster = await runCluster();
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  const { stowage, relay } = server;
  const held = await openWholeViewer(stowage);
  try {
    const { rows } = await rowsInDocument(stowage);
    const viewer = await openViewer(stowage, { through: relay.port });
    await sleep(2_000);
    const socket = relay.takeSocketBytes();
    t.diagnostic(`${rows} bytes of rows in the page, ${socket} over the socket`);
    assert.ok(rows > 500 && socket > 100, "both were counted");
    assert.ok(rows + socket <= screenBars.data);
    assert.equal(viewer.rows.snapshots, 0, "the socket goes on from the page");
    viewer.socket.close();
  } finally {
    held.socket.close();
    await server.stop();
  }
});
