import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";

import type { KubeObject } from "../../lib/protocol/object.ts";
import { parseEngineAddress } from "../../lib/server/sources/docker/engine-address.ts";
import { Engine } from "../../lib/server/sources/docker/engine.ts";
import { watchEngine } from "../../lib/server/watch/watch-engine.ts";
import { missing } from "../../tools/real-parts.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";

const run = promisify(execFile);
const name = "stowage-watch-test";

suite("lists of a real engine that stay equal to it", { skip: missing("own-cluster") }, () => {
  let host: string;
  let engine: Engine;
  const docker = async (...args: string[]) => (await run("docker", ["-H", host, ...args])).stdout.trim();

  before(async () => {
    host = (await runCluster()).dockerHost ?? "";
    const address = parseEngineAddress(host, { tls: false });
    assert.ok(address);
    engine = new Engine(address);
  });
  after(async () => {
    await docker("rm", "-f", name).catch(() => undefined);
    await docker("volume", "rm", "-f", name).catch(() => undefined);
    engine.close();
  });

  test("a container comes, runs, is renamed and goes, and a volume and a network with it", async () => {
    const stop = new AbortController();
    const containers = new Held();
    const volumes = new Held();
    const networks = new Held();
    const options = { signal: stop.signal };
    const watches = [
      watchEngine({ source: "e", engine, resource: "containers" }, containers, options),
      watchEngine({ source: "e", engine, resource: "volumes" }, volumes, options),
      watchEngine({ source: "e", engine, resource: "networks" }, networks, options),
    ];
    await networks.until(() => networks.objects.has("bridge") || networks.objects.has("host"));
    const [image = ""] = (await docker("images", "--format", "{{.Repository}}:{{.Tag}}"))
      .split("\n")
      .filter((line) => !line.includes("<none>"));
    await docker(
      "create",
      "--name",
      name,
      "--network",
      "none",
      "-v",
      `${name}:/data`,
      "-l",
      "a=b",
      image,
      "/bin/busybox",
      "sleep",
      "60",
    );
    await containers.until(() => containers.objects.get(name)?.metadata?.labels?.["a"] === "b");
    await volumes.until(() => volumes.objects.has(name));
    assert.equal((containers.objects.get(name)?.["engine"] as { State: string } | undefined)?.State, "created");
    await docker("rename", name, `${name}-2`);
    await containers.until(() => containers.objects.has(`${name}-2`) && !containers.objects.has(name));
    await docker("rm", "-f", `${name}-2`);
    await docker("volume", "rm", name);
    await containers.until(() => !containers.objects.has(`${name}-2`));
    await volumes.until(() => !volumes.objects.has(name));
    const ids = (await docker("ps", "-aq", "--no-trunc")).split("\n").filter(Boolean);
    const held = [...containers.objects.values()].map((object) => object.metadata?.uid);
    assert.deepEqual(new Set(held), new Set(ids));
    assert.deepEqual(containers.troubles, []);
    stop.abort();
    await Promise.all(watches);
  });

  test("an engine that is not there is told as trouble, with what to look at", async () => {
    const stop = new AbortController();
    const held = new Held();
    const nobody = new Engine({ type: "unix", path: "/nonexistent/docker.sock" });
    const watch = watchEngine({ source: "e", engine: nobody, resource: "images" }, held, { signal: stop.signal });
    await held.until(() => held.troubles.length > 0);
    assert.match(held.troubles[0] ?? "", /no such socket: is the engine running\?/);
    stop.abort();
    await watch;
  });
});

/** What a watch says, kept as its reader keeps it. */
class Held {
  readonly objects = new Map<string, KubeObject>();
  readonly troubles: string[] = [];
  private unseen = new Set<string>();

  begin(): void {
    this.unseen = new Set(this.objects.keys());
  }

  put(object: KubeObject): void {
    const key = object.metadata?.name ?? "";
    this.objects.set(key, object);
    this.unseen.delete(key);
  }

  remove(object: KubeObject): void {
    this.objects.delete(object.metadata?.name ?? "");
  }

  synced(): void {
    for (const key of this.unseen) this.objects.delete(key);
  }

  trouble(error: { code: string; detail?: string }): void {
    this.troubles.push(error.detail ?? error.code);
  }

  alive(): void {}

  async until(holds: () => boolean): Promise<void> {
    await waitUntil(holds, {
      what: "the engine's list",
      timeoutSeconds: 20,
      everyMilliseconds: 20,
      detail: () => `there are ${[...this.objects.keys()].join(", ")}`,
    });
  }
}
