import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { before, suite, test } from "node:test";
import { promisify } from "node:util";

import { parseImageReference } from "../../lib/shared/image-reference.ts";
import { Registry } from "../../lib/server/registries/registry.ts";
import { chainIds } from "../../lib/server/sources/docker/chain-ids.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";

const run = promisify(execFile);

type Inspected = { Id: string; RepoDigests: string[]; RootFS: { Layers: string[] }; Architecture: string };

suite("a real registry", { skip: missing("own-cluster") }, () => {
  let registry: Registry;
  let host: string;
  let docker: (...args: string[]) => Promise<string>;

  before(async () => {
    const cluster = await runCluster();
    host = cluster.registry ?? "";
    assert.notEqual(host, "");
    docker = async (...args) => (await run("docker", ["-H", cluster.dockerHost ?? "", ...args])).stdout;
    registry = new Registry({ host, credential: () => Promise.resolve(null), realms: [], insecure: false });
  });

  test("its repositories are listed page by page, each once", async () => {
    const names: string[] = [];
    let next: string | null = null;
    do {
      const page = await registry.repositories(next, 1);
      names.push(...page.names);
      next = page.next;
    } while (next !== null);
    assert.ok(names.length >= 3);
    assert.deepEqual(new Set(names).size, names.length);
    const whole = await registry.repositories(null, 1_000);
    assert.deepEqual(whole.names, names);
  });

  test("what was pushed has the digest that the engine knows, its image ID and its layers", async () => {
    const lines = (await docker("images", "--format", "{{.Repository}}:{{.Tag}}")).trim().split("\n");
    const pushed = lines.map(parseImageReference).filter((each) => each?.registry === host && each.tag !== null);
    assert.ok(pushed.length >= 3);
    for (const reference of pushed) {
      const { repository, tag } = reference ?? { repository: "", tag: "" };
      const [image] = JSON.parse(await docker("inspect", `${host}/${repository}:${tag}`)) as Inspected[];
      const found = await registry.manifest(repository, tag ?? "");
      assert.ok(image);
      assert.ok(image.RepoDigests.includes(`${host}/${repository}@${found.digest}`), `${repository}:${tag}`);
      assert.equal(await registry.digestOf(repository, tag ?? ""), found.digest);
      assert.ok(found.manifest.type === "manifest");
      assert.equal(found.manifest.config.digest, image.Id);
      const config = await registry.config(repository, found.manifest.config);
      assert.deepEqual(chainIds(config.diffIds), chainIds(image.RootFS.Layers));
      assert.equal(config.architecture, image.Architecture);
      assert.equal(config.history.filter((step) => !step.emptyLayer).length, found.manifest.layers.length);
      assert.deepEqual(await registry.referrers(repository, found.digest), []);
    }
  });

  test("what is not there is said plainly", async () => {
    await assert.rejects(registry.manifest("shop/none", "1"), { code: "not-found" });
    await assert.rejects(registry.tags("shop/none", null, 10), { code: "not-found" });
    assert.equal(await registry.digestOf("shop/none", "1"), null);
  });
});
