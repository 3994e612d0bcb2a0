import type { ServedApi } from "./api/serve-api.ts";
import { serveApi } from "./api/serve-api.ts";
import { demoRegistry } from "./images/catalog.ts";
import { serveEngine } from "./engine/serve-engine.ts";
import { backendOf } from "./life/backend-of.ts";
import { churn } from "./life/churn.ts";
import { pushedImages } from "./registry/pushed-images.ts";
import { serveRegistry } from "./registry/serve-registry.ts";
import { buildWorld } from "./story/build-world.ts";

/** `churn` is how many changes a second there are beside what happens anyway. */
export type DemoSize = { nodes: number; pods: number; churn?: number };

/** `name` is that of the context; `url` an API server on loopback without credentials. */
export type DemoCluster = { name: string; url: string };

/** `host` is what images are named by; `url` where it listens. */
export type DemoRegistry = { host: string; url: string };

/** `url` is an address as DOCKER_HOST takes it. */
export type DemoEngine = { name: string; url: string };

export type Demo = {
  clusters: readonly DemoCluster[];
  engines: readonly DemoEngine[];
  registries: readonly DemoRegistry[];
  close(): void;
};

/** How often the worlds live on, in ms. */
const stepMs = 100;

/**
 * Two seeded clusters, served over the real wire protocol on loopback, with an hour's life behind them: everything else of Stowage
 * runs against them unchanged. `size` is that of the first; the second is its small stage.
 */
export async function startDemo(size: DemoSize): Promise<Demo> {
  const now = Date.now();
  const worlds = [
    { name: "prod", world: buildWorld({ seed: 7117, nodes: size.nodes, pods: size.pods, share: 1 }, now) },
    { name: "stage", world: buildWorld({ seed: 4711, nodes: 3, pods: 0, share: 0.2 }, now) },
  ];
  const [first] = worlds;
  if (first) churn(first.world, size.churn ?? 0);
  const served: { name: string; api: ServedApi }[] = [];
  for (const { name, world } of worlds) served.push({ name, api: await serveApi(backendOf(world)) });
  const engine = await serveEngine(2_026, (name) => pushed().has(name));
  // What is on a disk was pushed before.
  const pushed = pushedImages(
    worlds.map(({ world }) => world),
    engine.images(),
  );
  const registry = await serveRegistry(demoRegistry, pushed);
  const living = setInterval(() => {
    for (const { world } of worlds) world.agenda.until(Date.now());
  }, stepMs);
  living.unref();
  return {
    clusters: served.map(({ name, api }) => ({ name, url: api.url })),
    engines: [{ name: "workbench", url: engine.url }],
    registries: [{ host: demoRegistry, url: registry.url }],
    close: () => {
      clearInterval(living);
      for (const { api } of served) api.close();
      registry.close();
      engine.close();
    },
  };
}
