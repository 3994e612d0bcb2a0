import assert from "node:assert/strict";
import { after, test } from "node:test";

import type { RegistryCredential } from "./credentials.ts";
import { Registry } from "./registry.ts";
import { digestOf, sendJson, startTestRegistry } from "./testing/test-registry.ts";
import type { Answer, TestRegistry } from "./testing/test-registry.ts";

const secret: RegistryCredential = { type: "password", username: "anna", password: "s3cret" };
const basic = `Basic ${Buffer.from("anna:s3cret").toString("base64")}`;
const config = {
  os: "linux",
  architecture: "amd64",
  rootfs: { type: "layers", diff_ids: [`sha256:${"1".repeat(64)}`] },
  history: [
    { created_by: "COPY . /", empty_layer: false },
    { created_by: "CMD x", empty_layer: true },
  ],
  config: { Env: ["A=b"], Labels: { "org.opencontainers.image.source": "https://example.test" } },
};
const manifest = {
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: {
    mediaType: "application/vnd.oci.image.config.v1+json",
    digest: digestOf(config),
    size: JSON.stringify(config).length,
  },
  layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: `sha256:${"2".repeat(64)}`, size: 7 }],
};

const open: TestRegistry[] = [];
after(() => {
  for (const server of open) server.close();
});

async function start(answer: Answer): Promise<TestRegistry> {
  const server = await startTestRegistry(answer);
  open.push(server);
  return server;
}

function registryAt(host: string, credential: RegistryCredential | null = secret, realms: string[] = []): Registry {
  return new Registry({ host, credential: async () => credential, realms, insecure: true });
}

const anyone = (host: string) => registryAt(host, null);

test("a manifest, its config and its tags are read, and their digests are checked", async () => {
  const server = await start(({ path }, response) => {
    if (path === "/v2/shop/web/manifests/1") {
      const limits = { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "98" };
      return sendJson(response, manifest, { ...limits, "content-type": manifest.mediaType });
    }
    if (path === `/v2/shop/web/blobs/${digestOf(config)}`) return sendJson(response, config);
    if (path === "/v2/shop/web/tags/list?n=2")
      return sendJson(response, { tags: ["1", "2"] }, { link: '</v2/shop/web/tags/list?last=2&n=2>; rel="next"' });
    if (path === "/v2/shop/web/tags/list?last=2&n=2") return sendJson(response, { tags: ["3"] });
    response.writeHead(404).end();
  });
  const registry = anyone(server.host);
  const found = await registry.manifest("shop/web", "1");
  assert.equal(found.digest, digestOf(manifest));
  assert.deepEqual(found.rateLimit, { limit: 100, remaining: 98, seconds: 21_600 });
  assert.equal(found.manifest.type, "manifest");
  const read = await registry.config("shop/web", { digest: digestOf(config), size: JSON.stringify(config).length });
  assert.deepEqual(read.diffIds, config.rootfs.diff_ids);
  assert.deepEqual(
    read.history.map((step) => step.emptyLayer),
    [false, true],
  );
  assert.deepEqual(await registry.tags("shop/web", null, 2), { names: ["1", "2"], next: "last=2&n=2" });
  assert.deepEqual(await registry.tags("shop/web", "last=2&n=2", 2), { names: ["3"], next: null });
  await assert.rejects(registry.manifest("shop/web", "none"), { code: "not-found" });
  assert.equal(await registry.digestOf("shop/web", "none"), null);
});

test("what comes under another digest than was asked for is refused", async () => {
  const server = await start((_, response) => sendJson(response, { ...manifest, annotations: { evil: "yes" } }));
  await assert.rejects(anyone(server.host).manifest("a", digestOf(manifest)), { code: "source-refused" });
  await assert.rejects(anyone(server.host).config("a", manifest.config), { code: "source-refused" });
});

test("a registry with basic sign-in gets the credential, and one with tokens a token of its own realm", async () => {
  const withBasic = await start(({ authorization }, response) => {
    if (authorization === basic) return sendJson(response, { tags: ["1"] });
    response.writeHead(401, { "www-authenticate": 'Basic realm="r"' }).end();
  });
  assert.deepEqual((await registryAt(withBasic.host).tags("a", null, 5)).names, ["1"]);
  await assert.rejects(anyone(withBasic.host).tags("a", null, 5), { code: "registry-login" });

  const withTokens: TestRegistry = await start(({ path, authorization }, response) => {
    if (path.startsWith("/token")) return sendJson(response, { token: "t1", expires_in: 300 });
    if (authorization === "Bearer t1") return sendJson(response, { tags: ["2"] });
    const realm = `Bearer realm="http://${withTokens.host}/token",service="s",scope="repository:a:pull"`;
    response.writeHead(401, { "www-authenticate": realm }).end();
  });
  const registry = registryAt(withTokens.host);
  assert.deepEqual((await registry.tags("a", null, 5)).names, ["2"]);
  assert.deepEqual((await registry.tags("a", null, 5)).names, ["2"]);
  const tokens = withTokens.heard.filter(({ path }) => path.startsWith("/token"));
  assert.equal(tokens.length, 1, "a token is kept");
  assert.equal(tokens[0]?.authorization, basic);
  assert.equal(tokens[0]?.path, "/token?service=s&scope=repository%3Aa%3Apull");
});

test("an identity token is traded, and never sent to the registry", async () => {
  const server: TestRegistry = await start(({ path, authorization, body }, response) => {
    if (path === "/token") {
      assert.equal(new URLSearchParams(body).get("refresh_token"), "id-token");
      return sendJson(response, { access_token: "t2" });
    }
    if (authorization === "Bearer t2") return sendJson(response, { tags: [] });
    response.writeHead(401, { "www-authenticate": `Bearer realm="http://${server.host}/token"` }).end();
  });
  await registryAt(server.host, { type: "identity-token", token: "id-token" }).tags("a", null, 5);
  assert.ok(server.heard.every(({ authorization }) => !authorization?.includes("id-token")));
});

test("a foreign realm gets no credential, unless somebody allowed it", async () => {
  const thief = await start((_, response) => sendJson(response, { token: "t" }));
  const server = await start(({ authorization }, response) => {
    if (authorization === "Bearer t") return sendJson(response, { tags: ["1"] });
    response.writeHead(401, { "www-authenticate": `Bearer realm="http://${thief.host}/token"` }).end();
  });
  await assert.rejects(registryAt(server.host).tags("a", null, 5), (error: Error) => {
    assert.match(error.message, new RegExp(`name it under realms of`));
    return true;
  });
  assert.equal(thief.heard.length, 0);
  assert.deepEqual((await anyone(server.host).tags("a", null, 5)).names, ["1"]);
  assert.equal(thief.heard[0]?.authorization, null);
  await registryAt(server.host, secret, [thief.host]).tags("a", null, 5);
  assert.equal(thief.heard[1]?.authorization, basic);
});

test("a redirect takes no credential along to another host", async () => {
  const elsewhere = await start((_, response) => sendJson(response, config));
  const server = await start(({ authorization }, response) => {
    if (authorization === null) return response.writeHead(401, { "www-authenticate": "Basic" }).end();
    response.writeHead(307, { location: `http://${elsewhere.host}/blob` }).end();
  });
  await registryAt(server.host).config("a", { digest: digestOf(config), size: JSON.stringify(config).length });
  assert.deepEqual(
    elsewhere.heard.map(({ authorization }) => authorization),
    [null],
  );
});

test("redirects and realms to metadata services, files and without end are refused", async () => {
  for (const location of [
    "http://169.254.169.254/latest",
    "http://[::ffff:a9fe:a9fe]/",
    "file:///etc/passwd",
    "/again",
  ]) {
    const server = await start((_, response) => response.writeHead(302, { location }).end());
    await assert.rejects(anyone(server.host).tags("a", null, 5), /never asked|not safe|without end/, location);
  }
  for (const realm of ["http://169.254.169.254/token", "ftp://x/", "nonsense", "http://u:p@127.0.0.1:1/"]) {
    const server = await start((_, response) =>
      response.writeHead(401, { "www-authenticate": `Bearer realm="${realm}"` }).end(),
    );
    await assert.rejects(anyone(server.host).tags("a", null, 5), /source-/, realm);
  }
});

test("answers are bounded: a manifest of 100 MB, a list that never ends, a page that leads to itself", async () => {
  const endless = await start((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const piece = Buffer.alloc(64 * 1024, " ");
    const more = () => {
      while (response.write(piece));
      response.once("drain", more);
    };
    more();
  });
  await assert.rejects(anyone(endless.host).manifest("a", "1"), { code: "too-large" });
  await assert.rejects(anyone(endless.host).repositories(null, 5), { code: "too-large" });
  const circular = await start((_, response) =>
    sendJson(response, { repositories: ["a"] }, { link: '</v2/_catalog?n=5>; rel="next"' }),
  );
  assert.equal((await anyone(circular.host).repositories(null, 5)).next, null);
  const leading = await start((_, response) =>
    sendJson(response, { repositories: ["a"] }, { link: '<http://evil.test/v2/other?n=5>; rel="next"' }),
  );
  assert.equal((await anyone(leading.host).repositories(null, 5)).next, null);
});

test("nonsense is refused in words", async () => {
  for (const body of [
    "",
    "[]",
    "null",
    '{"schemaVersion":1}',
    '{"schemaVersion":2,"manifests":[{"digest":"x"}]}',
    "<html>",
  ]) {
    const server = await start((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(body),
    );
    await assert.rejects(anyone(server.host).manifest("a", "1"), { code: "source-refused" }, body);
  }
  const limited = await start((_, response) =>
    response.writeHead(429).end('{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}'),
  );
  await assert.rejects(anyone(limited.host).manifest("a", "1"), /busy: .*TOOMANYREQUESTS: slow down/);
  const token: TestRegistry = await start(({ path }, response) => {
    if (path.startsWith("/token")) return sendJson(response, { token: "a\r\nx-evil: 1" });
    response.writeHead(401, { "www-authenticate": `Bearer realm="http://${token.host}/token"` }).end();
  });
  await assert.rejects(registryAt(token.host).tags("a", null, 5), { code: "source-refused" });
});
