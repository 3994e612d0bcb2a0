import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { ConfigError } from "../config/parse-config.ts";
import { parseReaderOptions } from "./reader-options.ts";

const folder = mkdtempSync(join(tmpdir(), "reader-options-"));
after(() => rmSync(folder, { recursive: true }));

function secretFile(text: string): string {
  const file = join(folder, `${text.length}`);
  writeFileSync(file, text);
  return file;
}

test("without anything it listens here only, and asks Kubernetes' containerd", () => {
  assert.deepEqual(parseReaderOptions([], {}), {
    socket: "/run/containerd/containerd.sock",
    host: "127.0.0.1",
    port: 7118,
    secret: null,
    namespace: "k8s.io",
    snapshotters: ["overlayfs"],
    node: null,
    help: false,
  });
});

test("flags come before the environment", () => {
  const env = {
    STOWAGE_READER_LISTEN: "[::1]:1",
    STOWAGE_READER_NODE: "n",
    STOWAGE_READER_SNAPSHOTTERS: "stargz, zfs",
  };
  const options = parseReaderOptions(["--listen", "127.0.0.2:2"], env);
  assert.deepEqual([options.host, options.port, options.node], ["127.0.0.2", 2, "n"]);
  assert.deepEqual(options.snapshotters, ["stargz", "zfs"]);
  assert.equal(parseReaderOptions([], env).host, "::1");
});

test("on an address that others reach it does not start without a secret", () => {
  for (const listen of ["0.0.0.0:7118", "[::]:7118", "10.0.0.7:7118", "node-1:7118"])
    assert.throws(() => parseReaderOptions(["--listen", listen], {}), ConfigError, listen);
  const file = secretFile(`${"s".repeat(44)}\n`);
  const options = parseReaderOptions(["--listen", "0.0.0.0:7118", "--secret-file", file], {});
  assert.equal(options.secret, "s".repeat(44));
});

test("a secret that can be guessed, or is not there, is none", () => {
  assert.throws(() => parseReaderOptions(["--secret-file", secretFile("short")], {}), /32 characters/);
  assert.throws(() => parseReaderOptions(["--secret-file", secretFile("")], {}), /32 characters/);
  assert.throws(() => parseReaderOptions(["--secret-file", join(folder, "none")], {}), /cannot be read/);
});

test("what it does not understand it says", () => {
  for (const args of [["--listen", "7118"], ["--listen", "a:70000"], ["--write"], ["disk"]])
    assert.throws(() => parseReaderOptions(args, {}), ConfigError, args.join(" "));
});
