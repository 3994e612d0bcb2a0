import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { Sealer } from "./sealer.ts";
import { secretKey } from "./secret-key.ts";

const folder = mkdtempSync(join(tmpdir(), "stowage-key-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const database = `sqlite:${join(folder, "stowage.db")}`;

test("sealed text opens under the same key, in the same place, unchanged", () => {
  const sealer = new Sealer("k".repeat(32));
  const sealed = sealer.seal("a token, 토큰", "session-1");
  assert.ok(!sealed.includes("token"));
  assert.notEqual(sealer.seal("a token, 토큰", "session-1"), sealed);
  assert.equal(sealer.open(sealed, "session-1"), "a token, 토큰");
  assert.equal(sealer.open(sealed, "session-2"), null);
  assert.equal(new Sealer("l".repeat(32)).open(sealed, "session-1"), null);
  const at = sealed.length - 5;
  const other = sealed[at] === "A" ? "B" : "A";
  assert.equal(sealer.open(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`, "session-1"), null);
  for (const nonsense of ["", "v1.", "v1.AAAA", "v2.AAAA", sealed.slice(0, 30)])
    assert.equal(sealer.open(nonsense, "session-1"), null);
});

test("the key file is made once, for nobody else to read", () => {
  const key = secretKey(null, database);
  const file = join(folder, "secret.key");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readFileSync(file, "utf8").trim(), key);
  assert.ok(key.length >= 32);
  assert.equal(secretKey(null, database), key);
  assert.equal(secretKey("given".repeat(8), database), "given".repeat(8), "a configured key goes first");
});

test("a key file that holds no key is not used, and none is made in its place", () => {
  const file = join(folder, "secret.key");
  writeFileSync(file, "short");
  chmodSync(file, 0o600);
  assert.throws(() => secretKey(null, database), /no key of 32 characters/);
  assert.equal(readFileSync(file, "utf8"), "short");
});

test("PostgreSQL needs a key of the configuration; memory gets one that nobody keeps", () => {
  assert.throws(() => secretKey(null, "postgres://stowage@db/stowage"), /STOWAGE_SECRET_KEY/);
  assert.notEqual(secretKey(null, "sqlite::memory:"), secretKey(null, "sqlite::memory:"));
});
