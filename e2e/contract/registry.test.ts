import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startDemo } from "../../lib/server/demo/start-demo.ts";
import type { Demo } from "../../lib/server/demo/start-demo.ts";
import { Registry } from "../../lib/server/registries/registry.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";

type World = {
  readonly registry: Registry;
  readonly repository: string;
  readonly tag: string;
  /** Whether it keeps images for several platforms, and what refers to them. */
  readonly capabilities: { readonly platforms: boolean; readonly referrers: boolean };
};

/** What is asked of a registry, whoever made it. */
function contract(world: () => World): void {
  test("its catalog comes in pages that add up to the whole", async () => {
    const { registry, repository } = world();
    const whole = await registry.repositories(null, 100);
    assert.ok(whole.names.includes(repository));
    const paged: string[] = [];
    for (let after: string | null = null, rounds = 0; rounds < 100; rounds += 1) {
      const page = await registry.repositories(after, 2);
      assert.ok(page.names.length <= 2);
      paged.push(...page.names);
      if (page.next === null) break;
      after = page.next;
    }
    assert.deepEqual(paged, [...whole.names]);
  });

  test("a tag leads to a digest, and the digest to the same bytes", async () => {
    const { registry, repository, tag } = world();
    assert.ok((await registry.tags(repository, null, 100)).names.includes(tag));
    const byTag = await registry.manifest(repository, tag);
    assert.equal(await registry.digestOf(repository, tag), byTag.digest);
    const byDigest = await registry.manifest(repository, byTag.digest);
    assert.deepEqual(byDigest.manifest, byTag.manifest);
  });

  test("a manifest leads to a config whose digest is its own, with a diffID for each layer and a history that fits", async () => {
    const { registry, repository, tag, capabilities } = world();
    const top = await registry.manifest(repository, tag);
    assert.equal(top.manifest.type === "index", capabilities.platforms);
    const digests = top.manifest.type === "index" ? top.manifest.manifests.map(({ digest }) => digest) : [top.digest];
    for (const digest of digests) {
      const { manifest } = await registry.manifest(repository, digest);
      assert.ok(manifest.type === "manifest");
      const config = await registry.config(repository, manifest.config);
      assert.equal(config.diffIds.length, manifest.layers.length);
      assert.equal(config.history.filter(({ emptyLayer }) => !emptyLayer).length, manifest.layers.length);
      for (const { size } of manifest.layers) assert.ok(size > 0);
    }
  });

  test("what refers to it is listed", async () => {
    const { registry, repository, tag, capabilities } = world();
    const { digest } = await registry.manifest(repository, tag);
    const referrers = await registry.referrers(repository, digest);
    assert.equal(referrers.length > 0, capabilities.referrers);
  });

  test("what is not there is not found", async () => {
    const { registry, repository } = world();
    await assert.rejects(registry.manifest(repository, "no-such-tag"), { code: "not-found" });
    assert.equal(await registry.digestOf(repository, "no-such-tag"), null);
    await assert.rejects(registry.tags("no/such/repository", null, 10), { code: "not-found" });
    await assert.rejects(registry.manifest(repository, `sha256:${"0".repeat(64)}`), { code: "not-found" });
  });
}

describe("the demo's registry", () => {
  let demo: Demo;
  let world: World;
  before(async () => {
    demo = await startDemo({ nodes: 3, pods: 0 });
    const [found] = demo.registries;
    assert.ok(found);
    const registry = openRegistry(found.host, found.url);
    const repository = "shop/web";
    // Rollouts go on there: a release may have been passed by.
    const tag = (await registry.tags(repository, null, 100)).names.at(-1) ?? "";
    world = {
      registry,
      repository,
      tag,
      capabilities: { platforms: true, referrers: true },
    };
  });
  after(() => demo.close());
  contract(() => world);
});

describe("a real registry", { skip: missing("own-cluster") }, () => {
  let world: World;
  before(async () => {
    const host = (await runCluster()).registry ?? "";
    world = {
      registry: openRegistry(host, `http://${host}`),
      repository: "shop/web",
      tag: "1.4.2",
      capabilities: { platforms: false, referrers: false },
    };
  });
  contract(() => world);
});

function openRegistry(host: string, url: string): Registry {
  return new Registry({
    host,
    address: new URL(url),
    credential: () => Promise.resolve(null),
    realms: [],
    insecure: true,
  });
}
