import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { ConfigError, parseConfig, usage } from "./parse-config.ts";

test("flags go before the environment, and the environment before what is standard", () => {
  assert.equal(parseConfig([], {}).port, 7117);
  assert.equal(parseConfig([], { STOWAGE_PORT: "8000" }).port, 8000);
  assert.equal(parseConfig(["--port", "9000"], { STOWAGE_PORT: "8000" }).port, 9000);
  assert.deepEqual(parseConfig(["--contexts", "a, b,"], {}).contexts, ["a", "b"]);
  assert.equal(parseConfig([], { KUBECONFIG: "/a:/b" }).kubeconfig, "/a:/b");
});

test("the demo is opened when it is asked for, or when nobody says where to look", () => {
  assert.equal(parseConfig([], {}).demo, "if-lonely");
  assert.equal(parseConfig(["--demo"], { KUBECONFIG: "/a" }).demo, "asked");
  assert.equal(parseConfig([], { STOWAGE_DEMO: "1" }).demo, "asked");
  for (const env of [{ KUBECONFIG: "/a" }, { STOWAGE_CONTEXTS: "a" }, { STOWAGE_FACE: "team" }]) {
    assert.equal(parseConfig([], env).demo, "never");
  }
  assert.equal(parseConfig(["--kubeconfig", "/a"], {}).demo, "never");
  assert.throws(() => parseConfig(["--demo-pods", "1000000"], {}), ConfigError);
  assert.equal(parseConfig([], {}).demoChurn, 0);
  assert.equal(parseConfig(["--demo-churn", "1000"], {}).demoChurn, 1000);
  assert.throws(() => parseConfig(["--demo-churn", "-1"], {}), ConfigError);
});

test("what cannot be meant says what can", () => {
  for (const [args, words] of [
    [["--port", "http"], /--port takes a whole number/],
    [["--port", "70000"], /0 to 65535/],
    [["--face", "public"], /local or team/],
    [["--prot", "1"], /--prot[\s\S]*Usage/],
    [["pods"], /Usage/],
    [["--host", "0.0.0.0"], /--face team/],
    [["--host", "192.0.2.1"], /loopback/],
  ] as const) {
    assert.throws(
      () => parseConfig(args, {}),
      (error) => error instanceof ConfigError && words.test(error.message),
      args.join(" "),
    );
  }
  assert.equal(parseConfig(["--host", "0.0.0.0", "--face", "team"], {}).host, "0.0.0.0");
  assert.equal(parseConfig(["--host", "0.0.0.0", "--face", "status"], {}).host, "0.0.0.0");
  assert.equal(parseConfig(["--host", "::1"], {}).host, "::1");
});

test("a secret comes from its variable or from a file, never from a flag", () => {
  const file = join(mkdtempSync(join(tmpdir(), "stowage-")), "token");
  writeFileSync(file, "from-file\n");
  assert.equal(parseConfig([], { STOWAGE_TOKEN: "direct" }).token, "direct");
  assert.equal(parseConfig([], { STOWAGE_TOKEN_FILE: file }).token, "from-file");
  assert.throws(() => parseConfig([], { STOWAGE_TOKEN_FILE: `${file}.missing` }), /cannot be read/);
  assert.throws(() => parseConfig(["--token", "x"], {}), ConfigError);
  assert.match(usage(), /STOWAGE_TOKEN/);
});

test("accounts, proxies and keys are read, and nothing that only looks like them", () => {
  const args = ["--admins", "kubernetes:alice, local:bob", "--trusted-proxy", "10.0.0.0/8,::1"];
  const config = parseConfig(args, { STOWAGE_SECRET_KEY: "k".repeat(32) });
  assert.deepEqual(config.admins, ["kubernetes:alice", "local:bob"]);
  assert.deepEqual(config.trustedProxies, ["10.0.0.0/8", "::1"]);
  assert.equal(config.secretKey, "k".repeat(32));
  for (const [flag, value] of [
    ["--admins", "alice"],
    ["--trusted-proxy", "10.0.0.0/33"],
    ["--trusted-proxy", "10.0.0.0/8/8"],
    ["--trusted-proxy", "proxy.example.test"],
  ] as const) {
    assert.throws(() => parseConfig([flag, value], {}), ConfigError, value);
  }
  assert.throws(() => parseConfig([], { STOWAGE_SECRET_KEY: "short" }), /32 characters/);
});
