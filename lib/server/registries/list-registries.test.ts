import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";

import { listRegistries } from "./list-registries.ts";
import { parseRegistries } from "./registries-file.ts";
import { orderTags } from "./tag-order.ts";

const folder = mkdtempSync(join(tmpdir(), "stowage-registries-"));
after(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const dockerConfig = written(
  "config.json",
  JSON.stringify({
    auths: { "https://index.docker.io/v1/": { auth: btoa("me:hub") }, "ghcr.io": { auth: btoa("me:gh") } },
    credHelpers: { "gcr.io": "gcloud" },
  }),
);
const client = { env: { DOCKER_CONFIG: join(dockerConfig, "..") }, home: folder };

suite("which registries there are", () => {
  test("in the local face those of the file, of the Docker client, and Docker Hub; others may be asked", async () => {
    const file = written("local.yaml", "registries: [{ host: ghcr.io, username: robot, password: own }]");
    const { listed, asksOthers } = await listRegistries({ file, face: "local", demo: null, ...client });
    assert.deepEqual(
      listed.map(({ host, origin }) => [host, origin]),
      [
        ["ghcr.io", "settings"],
        ["gcr.io", "docker-client"],
        ["docker.io", "standard"],
      ],
    );
    assert.equal(asksOthers, true);
    const credentials = await Promise.all(
      [listed[0], listed[2]].map(async (each) => await each?.credential(each.host)),
    );
    assert.deepEqual(credentials, [
      { type: "password", username: "robot", password: "own" },
      { type: "password", username: "me", password: "hub" },
    ]);
  });

  test("in the team face those of the file and nothing else", async () => {
    const nothing = await listRegistries({ file: null, face: "team", demo: null, ...client });
    assert.deepEqual([nothing.listed, nothing.asksOthers], [[], false]);
    assert.equal(await nothing.clientCredential("ghcr.io"), null);
    const file = written("team.yaml", "registries: [{ host: docker.io }]");
    const { listed } = await listRegistries({ file, face: "team", demo: null, ...client });
    assert.deepEqual(await Promise.all(listed.map(async ({ host, credential }) => [host, await credential(host)])), [
      ["docker.io", null],
    ]);
  });

  test("in the demo those of the demo, asked where it serves them", async () => {
    const demo = [{ host: "registry.example.com", url: "http://127.0.0.1:4000" }];
    const { listed, asksOthers } = await listRegistries({ file: null, face: "local", demo, ...client });
    assert.deepEqual(
      listed.map(({ host, origin, address }) => [host, origin, address?.origin]),
      [["registry.example.com", "demo", "http://127.0.0.1:4000"]],
    );
    assert.equal(asksOthers, false);
  });

  test("a docker config that is broken does not end the start", async () => {
    const broken = mkdtempSync(join(folder, "broken-"));
    writeFileSync(join(broken, "config.json"), "{");
    const { listed } = await listRegistries({
      file: null,
      face: "local",
      demo: null,
      env: { DOCKER_CONFIG: broken },
      home: folder,
    });
    assert.deepEqual(
      listed.map(({ host }) => host),
      ["docker.io"],
    );
  });
});

suite("the file of registries", () => {
  test("secrets come from files, are read anew, and another address may be plain", () => {
    const secret = written("secret", "one\n");
    const [registry] = parseRegistries(
      `registries: [{ host: "r.example.com:5000", url: "http://10.0.0.5", username: a, passwordFile: ${secret} }]`,
      "r.yaml",
    );
    assert.equal(registry?.address?.href, "http://10.0.0.5/");
    assert.deepEqual(registry.credential(), { type: "password", username: "a", password: "one" });
    writeFileSync(secret, "two");
    assert.deepEqual(registry.credential(), { type: "password", username: "a", password: "two" });
  });

  for (const [what, text, said] of [
    ["no YAML", "registries: [", /r\.yaml is no YAML/],
    ["a word that is none", "registries: [{ host: a.io, pasword: x }]", /pasword/],
    ["a password without a user", "registries: [{ host: a.io, password: x }]", /username goes with/],
    ["two credentials", "registries: [{ host: a.io, username: a, password: x, identityToken: y }]", /not several/],
    ["a path as address", "registries: [{ host: a.io, url: 'https://b.io/v2' }]", /without a path/],
    [
      "an address that is never asked",
      "registries: [{ host: a.io, url: 'http://169.254.169.254' }]",
      /an address such/,
    ],
    ["a file that is not there", "registries: [{ host: a.io, username: a, passwordFile: /none/x }]", /cannot be read/],
    ["a host that no image can name", "registries: [{ host: registry }]", /with a dot or a port/],
    ["one host twice", "registries: [{ host: a.io }, { host: a.io }]", /twice/],
  ] as const)
    test(`${what} is refused in words`, () => {
      assert.throws(() => parseRegistries(text, "r.yaml"), said);
    });
});

test("tags are in reading order: latest, versions from the highest, words", () => {
  const signature = `sha256-${"a".repeat(64)}.sig`;
  assert.deepEqual(orderTags(["1.9", "edge", "v1.10", "1.10-alpine", "latest", "2", signature, "1.10.1", "beta"]), [
    "latest",
    "2",
    "1.10.1",
    "v1.10",
    "1.10-alpine",
    "1.9",
    "beta",
    "edge",
  ]);
});
