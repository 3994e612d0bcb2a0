import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startDemo } from "../../lib/server/demo/start-demo.ts";
import type { Demo } from "../../lib/server/demo/start-demo.ts";
import { parseEngineAddress } from "../../lib/server/sources/docker/engine-address.ts";
import { Engine } from "../../lib/server/sources/docker/engine.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import { engineContract } from "./engine-contract.ts";
import type { EngineDoor } from "./engine-door.ts";

describe("the demo's engine", () => {
  let demo: Demo;
  let door: EngineDoor;
  before(async () => {
    demo = await startDemo({ nodes: 3, pods: 0 });
    const registry = demo.registries[0]?.host ?? "";
    door = {
      engine: openEngine(demo.engines[0]?.url ?? ""),
      image: `${registry}/shop/tools:1.1.0`,
      registry,
      pullable: `${registry}/shop/web:7.3.7`,
    };
  });
  after(() => {
    door.engine.close();
    demo.close();
  });
  holds(() => door);
});

describe("a real dockerd", { skip: missing("own-cluster") }, () => {
  let door: EngineDoor;
  before(async () => {
    const cluster = await runCluster();
    const registry = cluster.registry ?? "";
    const tools = `${registry}/shop/tools:1.1.0`;
    door = { engine: openEngine(cluster.dockerHost ?? ""), image: tools, registry, pullable: tools };
  });
  after(() => door.engine.close());
  holds(() => door);
});

function holds(door: () => EngineDoor): void {
  for (const [what, isSo] of Object.entries(engineContract)) test(what, { timeout: 60_000 }, () => isSo(door()));
}

function openEngine(url: string): Engine {
  const address = parseEngineAddress(url, { tls: false });
  assert.ok(address, `${url} is an address`);
  return new Engine(address);
}
