import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { afterEach, suite, test } from "node:test";

import { reader } from "../access/reader.ts";
import type { Person } from "../access/person.ts";
import { StowageError } from "../error.ts";
import { openRegistries } from "./open-registries.ts";
import type { BookOptions, ListedRegistry } from "./registry-book.ts";
import { digestOf, sendJson, startTestRegistry } from "./testing/test-registry.ts";
import type { Heard, TestRegistry } from "./testing/test-registry.ts";

const person: Person = { ...reader, id: "a", account: "a", name: "a" };
const nobody = () => Promise.resolve(null);
const open: TestRegistry[] = [];

afterEach(() => {
  for (const registry of open.splice(0)) registry.close();
});

const config = (architecture: string) => ({
  os: "linux",
  architecture,
  rootfs: {
    type: "layers",
    diff_ids: [`sha256:${"a".repeat(64)}`, `sha256:${architecture === "amd64" ? "b".repeat(64) : "c".repeat(64)}`],
  },
  history: [{ created_by: "FROM base" }, { created_by: "ENV X=1", empty_layer: true }, { created_by: "COPY app" }],
  config: { Env: ["PATH=/bin", "DB_PASSWORD=hunter2"], Entrypoint: ["/app"] },
});
const manifest = (architecture: string) => ({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: {
    mediaType: "application/vnd.oci.image.config.v1+json",
    digest: digestOf(config(architecture)),
    size: JSON.stringify(config(architecture)).length,
  },
  layers: [
    { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: `sha256:${"1".repeat(64)}`, size: 1_000 },
    {
      mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      digest: `sha256:${(architecture === "amd64" ? "2" : "3").repeat(64)}`,
      size: 500,
    },
  ],
});
const index = {
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.index.v1+json",
  manifests: ["arm64", "amd64"].map((architecture) => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: digestOf(manifest(architecture)),
    size: 400,
    platform: { os: "linux", architecture, ...(architecture === "arm64" ? { variant: "v8" } : {}) },
  })),
};

/** A registry with one image of two platforms under two tags, which some want to be signed in for. */
function shop(request: Heard, response: ServerResponse, wanted?: string): void {
  if (wanted !== undefined && request.authorization !== wanted) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="shop"' }).end();
    return;
  }
  const path = request.path.split("?")[0] ?? "";
  const things = new Map<string, unknown>([
    ["/v2/", {}],
    ["/v2/_catalog", { repositories: ["shop/web"] }],
    ["/v2/shop/web/tags/list", { tags: ["1.9", "latest", "1.10"] }],
    ["/v2/shop/web/manifests/1.10", index],
    ["/v2/shop/web/manifests/1.9", manifest("amd64")],
    ["/v2/shop/web/manifests/latest", index],
  ]);
  for (const architecture of ["arm64", "amd64"]) {
    things.set(`/v2/shop/web/manifests/${digestOf(manifest(architecture))}`, manifest(architecture));
    things.set(`/v2/shop/web/blobs/${digestOf(config(architecture))}`, config(architecture));
  }
  const thing = things.get(path);
  if (thing === undefined) response.writeHead(404).end();
  else sendJson(response, thing, { "docker-content-digest": digestOf(thing) });
}

async function start(answer: (request: Heard, response: ServerResponse) => void = shop): Promise<TestRegistry> {
  const server = await startTestRegistry(answer);
  open.push(server);
  return server;
}

function listed(host: string, more: Partial<ListedRegistry> = {}): ListedRegistry {
  return { host, title: host, origin: "settings", address: null, credential: nobody, realms: [], ca: null, ...more };
}

function doorTo(registries: ListedRegistry[], more: Partial<BookOptions> = {}, secret?: unknown) {
  const hubSearch = new URL("http://127.0.0.1:1/");
  return openRegistries(
    { listed: registries, asksOthers: false, clientCredential: nobody, hubSearch, ...more },
    {
      object: async () => ({ object: { spec: { imagePullSecrets: [{ name: "pull" }] } } }),
      read: async () => {
        if (secret === undefined) throw new StowageError("forbidden");
        return secret;
      },
    },
  );
}

const image = { repository: "shop/web", reference: "1.10", platform: null, was: null, pod: null };

suite("registries", () => {
  test("an image is one chain from its tag to its layers, and its secrets are masked", async () => {
    const { host } = await start();
    const answer = await doorTo([listed(host)]).door.image(person, { ...image, host, was: `sha256:${"0".repeat(64)}` });
    assert.equal(answer.digest, digestOf(index));
    assert.equal(answer.manifest.digest, digestOf(manifest("amd64")));
    assert.equal(answer.config.digest, digestOf(config("amd64")));
    assert.deepEqual(
      answer.platforms.map(({ platform, size, chosen }) => [platform, size, chosen]),
      [
        ["linux/arm64/v8", 1_500 + JSON.stringify(config("arm64")).length, false],
        ["linux/amd64", 1_500 + JSON.stringify(config("amd64")).length, true],
      ],
    );
    assert.deepEqual(
      answer.layers.map(({ step, diff, chain }) => [step, diff === chain]),
      [
        ["FROM base", true],
        ["COPY app", false],
      ],
    );
    assert.ok(answer.facts?.environment.includes("PATH=/bin"));
    assert.ok(!JSON.stringify(answer).includes("hunter2"));
    assert.ok(answer.moved);
    const arm = await doorTo([listed(host)]).door.image(person, {
      ...image,
      host,
      platform: "linux/arm64",
      was: answer.manifest.digest,
    });
    assert.equal(arm.platform, "linux/arm64/v8");
    assert.equal(arm.moved, null);
  });

  test("a host that is not listed is never asked where others are not", async () => {
    const server = await start();
    const { door } = doorTo([]);
    await assert.rejects(door.image(person, { ...image, host: server.host }), { code: "unknown-source" });
    await assert.rejects(door.tags(person, { ...image, host: server.host, after: null }), { code: "unknown-source" });
    assert.equal(server.heard.length, 0);
    const others = doorTo([], { asksOthers: true });
    assert.equal((await others.door.image(person, { ...image, host: server.host })).digest, digestOf(index));
  });

  test("names that lead elsewhere in the API are no names", async () => {
    const server = await start();
    const { door } = doorTo([listed(server.host)]);
    for (const repository of ["../x", "a/../b", "a?b", "A", "a:1", "", "a//b", "_catalog/x%2f"])
      await assert.rejects(door.image(person, { ...image, repository, host: server.host }), { code: "bad-request" });
    for (const reference of ["a/b", "..", "sha256:x", ""])
      await assert.rejects(door.image(person, { ...image, reference, host: server.host }), { code: "bad-request" });
    assert.equal(server.heard.length, 0);
  });

  test("what has a digest is asked for once", async () => {
    const server = await start();
    const { door } = doorTo([listed(server.host)]);
    await Promise.all([1, 2, 3].map(async () => await door.image(person, { ...image, host: server.host })));
    const digests = server.heard.map(({ path }) => path).filter((path) => path.includes("sha256:"));
    assert.equal(digests.filter((path) => path.includes("/blobs/")).length, 1);
    assert.equal(new Set(digests).size, digests.length);
  });

  test("a pod's secret is used for that request alone, and its refusal is told", async () => {
    const wanted = `Basic ${Buffer.from("robot:s3cret").toString("base64")}`;
    const server = await start((request, response) => shop(request, response, wanted));
    const auths = { [server.host]: { username: "robot", password: "s3cret" } };
    const secret = { data: { ".dockerconfigjson": Buffer.from(JSON.stringify({ auths })).toString("base64") } };
    const asked = { ...image, host: server.host, pod: "prod/shop/web-1" };
    const { door } = doorTo([listed(server.host)], {}, secret);
    const answer = await door.image(person, asked);
    assert.equal(answer.signedBy, "pull-secret");
    assert.ok(!JSON.stringify(answer).includes("s3cret"));
    await assert.rejects(door.image(person, { ...asked, pod: null }), { code: "registry-login" });
    await assert.rejects(doorTo([listed(server.host)]).door.image(person, asked), { code: "registry-login" });
    const plain = await start();
    const refused = await doorTo([listed(plain.host)]).door.image(person, { ...asked, host: plain.host });
    assert.equal(refused.signedBy, "secret-refused");
    // What the secret showed stands in no memory that others are told from.
    const layer = { host: server.host, repository: "shop/web", reference: "1.10", platform: null };
    await door.layer(person, { ...layer, pod: "prod/shop/web-1", layer: answer.layers[0]?.digest ?? "" });
    const both = doorTo([listed(server.host), listed(plain.host)], {}, secret);
    await both.door.layer(person, { ...layer, pod: "prod/shop/web-1", layer: answer.layers[0]?.digest ?? "" });
    const told = await both.door.layer(person, {
      ...layer,
      host: plain.host,
      pod: null,
      layer: answer.layers[0]?.digest ?? "",
    });
    assert.deepEqual([...new Set(told.holders.map(({ host }) => host))], [plain.host]);
  });

  test("a layer is found in other tags by what it holds", async () => {
    const { host } = await start();
    const { door } = doorTo([listed(host)]);
    const asked = { host, repository: "shop/web", reference: "1.10", platform: null, pod: null };
    const { holders, looked } = await door.layer(person, { ...asked, layer: `sha256:${"b".repeat(64)}` });
    assert.deepEqual(
      holders
        .map(({ reference, place, of, sameChain }) => [reference, place, of, sameChain])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
      [
        ["1.10", 2, 2, true],
        ["1.9", 2, 2, true],
        ["latest", 2, 2, true],
      ],
    );
    assert.deepEqual(looked, { tags: 3, of: 3 });
    await assert.rejects(door.layer(person, { ...asked, layer: `sha256:${"f".repeat(64)}` }), { code: "not-found" });
  });

  test("tags are in reading order, repositories are listed, states are told", async () => {
    const server = await start();
    const closed = await start((_, response) => void response.writeHead(401, { "www-authenticate": "Basic" }).end());
    const { door } = doorTo([listed(server.host), listed(closed.host), listed("127.0.0.1:1")]);
    const { tags } = await door.tags(person, { host: server.host, repository: "shop/web", pod: null, after: null });
    assert.deepEqual(tags, ["latest", "1.10", "1.9"]);
    const { repositories, listed: how } = await door.repositories(person, {
      host: server.host,
      words: "",
      after: null,
    });
    assert.deepEqual([repositories.map(({ name }) => name), how], [["shop/web"], "all"]);
    const { registries } = await door.list(person, 10_000);
    assert.deepEqual(
      registries.map(({ state }) => state),
      ["open", "refused", "unreachable"],
    );
    assert.equal((await door.repositories(person, { host: closed.host, words: "", after: null })).listed, "refused");
  });

  test("Docker Hub is searched and not listed", async () => {
    const hub = await start((_, response) =>
      sendJson(response, {
        next: "x",
        results: [{ repo_name: "nginx", short_description: "web", is_official: true, star_count: 5 }],
      }),
    );
    const { door } = doorTo([listed("docker.io", { address: new URL("http://127.0.0.1:1") })], {
      hubSearch: new URL(`http://${hub.host}/v2/search/repositories/`),
    });
    const asked = { host: "docker.io", words: "ng&x", after: null };
    const found = await door.repositories(person, asked);
    assert.deepEqual(found.repositories, [{ name: "library/nginx", about: "web", official: true, stars: 5 }]);
    assert.deepEqual([found.next, found.listed], ["2", "search"]);
    assert.match(hub.heard[0]?.path ?? "", /query=ng%26x&page=1/);
    await assert.rejects(door.repositories(person, { ...asked, after: "0&x=1" }), { code: "bad-request" });
  });

  test("a node's image is read from listed registries alone", async () => {
    const { host } = await start();
    const name = `${host}/shop/web@${digestOf(index)}`;
    assert.equal(await doorTo([]).imageLayers(person, name, "amd64"), null);
    const tagless = `${host}/shop/web@${digestOf(manifest("amd64"))}`;
    const told = await doorTo([listed(host)]).imageLayers(person, tagless, "amd64");
    assert.equal(told?.id, digestOf(config("amd64")));
    assert.deepEqual(
      told?.layers.map(({ compressed }) => compressed),
      [1_000, 500],
    );
  });
});
