import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { printEngineAddress } from "./engine-address.ts";
import { findEngines } from "./find-engines.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "stowage-engines-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function context(name: string, endpoint: unknown, keys: Record<string, string> | null = null): void {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = join(home, ".docker", "contexts", "meta", id);
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(meta, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker: endpoint } }));
  if (!keys) return;
  const folder = join(home, ".docker", "contexts", "tls", id, "docker");
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(keys)) writeFileSync(join(folder, file), text);
}

test("DOCKER_HOST alone counts where it is set, with the certificates beside it", async () => {
  context("other", { Host: "tcp://other:2376" });
  const keys = join(home, "keys");
  mkdirSync(keys);
  writeFileSync(join(keys, "ca.pem"), "CA");
  const env = { DOCKER_HOST: "tcp://build:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: keys };
  const { engines, problems } = await findEngines({ env, home });
  assert.deepEqual(engines, [
    {
      name: "build",
      address: { type: "tcp", host: "build", port: 2376, tls: true },
      tls: { ca: "CA", certificate: null, key: null, verify: true },
    },
  ]);
  assert.deepEqual(problems, []);
});

test("a DOCKER_HOST that is no address is told without repeating it", async () => {
  const { engines, problems } = await findEngines({ env: { DOCKER_HOST: "tcp://me:secret@x" }, home });
  assert.deepEqual(engines, []);
  assert.match(problems[0] ?? "", /DOCKER_HOST is no address/);
  assert.doesNotMatch(problems[0] ?? "", /secret/);
});

test("contexts are found, the current one first, and each address once", async () => {
  context("a", { Host: "tcp://a:2375" });
  context("b", { Host: "ssh://me@b", SkipTLSVerify: false });
  context("c", { Host: "tcp://c:2376", SkipTLSVerify: true }, { "ca.pem": "CA", "cert.pem": "C", "key.pem": "K" });
  context("again", { Host: "tcp://a:2375" });
  writeFileSync(join(home, ".docker", "config.json"), '{"currentContext":"c"}');
  const { engines, problems } = await findEngines({ env: {}, home });
  const fromContexts = engines.filter(({ address }) => address.type !== "unix");
  assert.equal(fromContexts[0]?.name, "c");
  assert.deepEqual(fromContexts[0]?.tls, { ca: "CA", certificate: "C", key: "K", verify: false });
  const addresses = fromContexts.map(({ address }) => printEngineAddress(address));
  assert.deepEqual(addresses.toSorted(), ["ssh://me@b", "tcp://a:2375", "tcp://c:2376"]);
  assert.deepEqual(problems, []);
});

test("rootless sockets that are there are found", async () => {
  mkdirSync(join(home, "run", "podman"), { recursive: true });
  writeFileSync(join(home, "run", "podman", "podman.sock"), "");
  const { engines, lookedFor } = await findEngines({ env: { XDG_RUNTIME_DIR: join(home, "run") }, home });
  assert.ok(engines.some(({ name, address }) => name === "podman" && address.type === "unix"));
  assert.ok(lookedFor.includes(join(home, "run", "docker.sock")));
});

test("what is broken is told by its file, and the rest is there", async () => {
  context("good", { Host: "tcp://good" });
  context("bad", { Host: "nonsense" });
  writeFileSync(join(home, ".docker", "config.json"), "{");
  const { engines, problems } = await findEngines({ env: { DOCKER_CONTEXT: "" }, home });
  assert.ok(engines.some(({ name }) => name === "good"));
  assert.equal(problems.length, 2);
  const missing = await findEngines({ env: { DOCKER_CONTEXT: "none" }, home });
  assert.match(missing.problems.join("\n"), /no Docker context “none”/);
});
