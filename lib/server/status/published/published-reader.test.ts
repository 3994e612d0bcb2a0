import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { sampleStatus } from "../../../status-page/sample-status.ts";
import { openDatabase, openToRead } from "../../db/open-database.ts";
import { setLogLevel } from "../../log.ts";
import { parseDocument, publish } from "./document.ts";
import { PublishedReader } from "./published-reader.ts";

setLogLevel("error");

test("it knows what was published, comes before the database and goes on without it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-status-"));
  const address = `sqlite:${join(folder, "stowage.db")}`;
  const copy = join(folder, "state", "copy.json");
  const reading = openToRead(address);
  const reader = new PublishedReader({ db: reading, copy });
  await reader.read();
  assert.deepEqual([reader.published], [null]);

  const db = await openDatabase(address);
  await publish(db, sampleStatus(2), 1_000);
  await reader.read();
  assert.deepEqual(reader.published, { status: sampleStatus(2), checked: 1_000 });
  const before = reader.published?.status;
  await publish(db, sampleStatus(2), 2_000);
  await reader.read();
  assert.equal(reader.published?.checked, 2_000);
  assert.equal(reader.published?.status, before, "what did not change is the same object");

  await assert.rejects(reading.deleteFrom("status_published").execute(), /readonly/);
  await reading.destroy();
  await db.destroy();
  await reader.read();
  assert.equal(reader.published?.checked, 2_000);
  rmSync(join(folder, "stowage.db"));
  const later = new PublishedReader({ db: openToRead(address), copy });
  await later.read();
  assert.deepEqual(later.published?.status, sampleStatus(2));
  rmSync(folder, { recursive: true });
});

test("a document with anything in it that is not public is neither written nor read", async () => {
  const db = await openDatabase("sqlite::memory:");
  const leaky = { ...sampleStatus(1), groups: [{ name: null, components: [], namespace: "shop" }] };
  await assert.rejects(publish(db, leaky, 1), /namespace/);
  assert.throws(() => parseDocument(JSON.stringify(leaky)), /namespace/);
  assert.equal(await db.selectFrom("status_published").selectAll().executeTakeFirst(), undefined);
  await db.destroy();
});
