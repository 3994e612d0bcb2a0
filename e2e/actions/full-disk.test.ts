import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { runCommand } from "../cluster/run-command.ts";
import { runCluster } from "../server/run-cluster.ts";
import { ActionWorld } from "./action-world.ts";

describe("a disk that is full", { skip: missing("own-cluster") }, () => {
  test("refuses actions with a clear word, does nothing, loses nothing, and goes on when there is room", async (t) => {
    const disk = mkdtempSync(join(tmpdir(), "stowage-disk-"));
    const inside = join(disk, "state");
    mkdirSync(inside);
    await runCommand("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", inside]);
    let world: ActionWorld | null = null;
    try {
      world = await ActionWorld.open(await runCluster(), inside);
      const { namespace, source } = world;
      await world.apply([world.deployment("sail", 0)]);
      const objects = [world.target("deployments.apps", "sail")];
      assert.equal((await world.one("scale", { objects, replicas: 1 })).outcome, "done");
      let acknowledged = 1;

      const ballast = join(inside, "ballast");
      fill(ballast);
      const restart = { objects };
      let refused = await world.act("restart", restart);
      // What SQLite has set aside already takes some more rows.
      for (let n = 0; refused.status === 200 && n < 500; n += 1) {
        acknowledged += 1;
        fill(ballast);
        refused = await world.act("restart", restart);
      }
      assert.equal(refused.status, 503, refused.text);
      assert.equal(refused.answer.results[0]?.error?.code, "audit-failed");
      const generation = await world.read("deployment/sail", "{.metadata.generation}");
      const scaled = await world.act("scale", { objects, replicas: 9 });
      assert.equal(scaled.answer.results[0]?.error?.code, "audit-failed");
      assert.equal(await world.read("deployment/sail", "{.metadata.generation}"), generation);
      // Looking is no action.
      assert.equal((await world.one("scale", { objects, replicas: 9 }, { dryRun: true })).outcome, "ready");

      rmSync(ballast);
      assert.equal((await world.one("scale", { objects, replicas: 2 })).outcome, "done");
      acknowledged += 1;
      const rows = world.rows();
      assert.equal(rows.length, acknowledged);
      assert.ok(rows.every((row) => row.source === source && row.path === `${namespace}/sail`));
      t.diagnostic(`${acknowledged} rows, and all of them there`);
    } finally {
      await world?.close();
      await runCommand("umount", [inside]);
      rmSync(disk, { recursive: true, force: true });
    }
  });
});

/** Writes until there is no room for another byte. */
function fill(file: string): void {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
    } catch {
      // No room for so much; perhaps for less.
    }
  }
}
