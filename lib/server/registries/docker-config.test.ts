import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { dockerConfigCredentials } from "./docker-config.ts";

const home = mkdtempSync(join(tmpdir(), "stowage-docker-"));
after(() => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, ".docker"));
const file = join(home, ".docker", "config.json");

const find = (config: unknown, allowHelpers = true) => {
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return dockerConfigCredentials({ env: { PATH: `${home}:/usr/bin:/bin`, HOME: home }, home, allowHelpers });
};
const encoded = (text: string) => Buffer.from(text).toString("base64");

test("auths are found by every way in which Docker writes a registry", async () => {
  const credential = { type: "password", username: "u", password: "p:q" };
  const auth = { auth: encoded("u:p:q\0\0") };
  assert.deepEqual(await find({ auths: { "https://index.docker.io/v1/": auth } })("docker.io"), credential);
  assert.deepEqual(await find({ auths: { "ghcr.io": auth } })("ghcr.io"), credential);
  assert.deepEqual(await find({ auths: { "https://ghcr.io": auth } })("ghcr.io"), credential);
  assert.deepEqual(
    await find({ auths: { "127.0.0.1:5000": { username: "u", password: "p:q" } } })("127.0.0.1:5000"),
    credential,
  );
  assert.deepEqual(await find({ auths: { a: { identitytoken: "t" } } })("a"), { type: "identity-token", token: "t" });
  assert.equal(await find({ auths: { "ghcr.io": auth } })("evil-ghcr.io"), null);
  assert.equal(await find({ auths: { "ghcr.io": {} } })("ghcr.io"), null);
});

test("helpers are asked before auths, by name only, and only where that is allowed", async () => {
  const helper = join(home, "docker-credential-test");
  writeFileSync(
    helper,
    `#!/bin/sh\nread key || true\ncase "$key" in\n  known.test) echo '{"Username":"h","Secret":"s"}' ;;\n` +
      `  token.test) echo '{"Username":"<token>","Secret":"t"}' ;;\n  *) echo "credentials not found in native keychain"; exit 1 ;;\nesac\n`,
  );
  chmodSync(helper, 0o755);
  const config = { credsStore: "test", auths: { "known.test": { auth: encoded("a:b") } } };
  assert.deepEqual(await find(config)("known.test"), { type: "password", username: "h", password: "s" });
  assert.deepEqual(await find(config)("token.test"), { type: "identity-token", token: "t" });
  assert.equal(await find(config)("other.test"), null);
  assert.deepEqual(await find(config, false)("known.test"), { type: "password", username: "a", password: "b" });
  await assert.rejects(
    find({ credHelpers: { "known.test": "../../bin/sh" } })("known.test"),
    /no name of a credential helper/,
  );
  await assert.rejects(
    find({ credHelpers: { "known.test": "missing" } })("known.test"),
    /docker-credential-missing failed/,
  );
});

test("no file is nobody, a broken one says where it is", async () => {
  assert.equal(
    await dockerConfigCredentials({ env: {}, home: join(home, "none"), allowHelpers: true })("docker.io"),
    null,
  );
  await assert.rejects(find("{")("docker.io"), new RegExp(`${file} is no docker config`));
  await assert.rejects(find({ auths: [] })("docker.io"), /no docker config/);
});
