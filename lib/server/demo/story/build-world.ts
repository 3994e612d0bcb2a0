import type { App } from "../life/app.ts";
import { DeploymentLife } from "../life/deployment-life.ts";
import { EndpointControl } from "../life/endpoint-control.ts";
import { NodeLife } from "../life/node-life.ts";
import { bearWorkloads } from "../life/workload-births.ts";
import { World } from "../life/world.ts";
import { letThingsHappen } from "./happenings.ts";
import { addOtherServices, addService } from "./services.ts";
import { shopApps } from "./shop-apps.ts";
import { addWorkloads } from "./workloads.ts";

export type WorldSize = {
  seed: number;
  /** Worker nodes, and pods beyond the shop's own. */
  nodes: number;
  pods: number;
  /** A share of the shop's replicas: a stage is smaller than what it is a stage for. */
  share: number;
};

/** How much life there is before anybody looks, in ms. */
const livedMs = 3_600_000;
const types = [
  { type: "c8.large", cpu: 16, memory: 64 },
  { type: "m8.large", cpu: 16, memory: 128 },
  { type: "c8.xlarge", cpu: 32, memory: 128 },
];

/** A cluster that has lived for an hour when it is given. */
export function buildWorld(size: WorldSize, now: number): World {
  const world = new World(size.seed, now - livedMs);
  for (const name of ["default", "kube-system", "kube-public", "monitoring", "pay", "shop"]) {
    world.addNamespace(name, world.agenda.now - 200 * 86_400_000);
  }
  addNodes(world, size.nodes);
  new EndpointControl(world).bear();
  const apps = new Map<string, DeploymentLife>();
  for (const app of shopApps) {
    const replicas = Math.max(1, Math.round(app.replicas * size.share));
    apps.set(`${app.namespace}/${app.name}`, new DeploymentLife(world, { ...app, replicas }, true));
    addService(world, app);
  }
  addFleet(world, size.pods);
  bearWorkloads(world);
  addWorkloads(world);
  addOtherServices(world);
  letThingsHappen(world, apps);
  world.agenda.until(now);
  return world;
}

function addNodes(world: World, workers: number): void {
  const zones = ["harbour-1a", "harbour-1b", "harbour-1c"];
  const pad = String(workers).length;
  const add = (name: string, index: number, controlPlane: boolean) =>
    world.nodes.push(
      new NodeLife(world, {
        name,
        zone: zones[index % zones.length] ?? "",
        ...(types[index % types.length] ?? { type: "c8.large", cpu: 16, memory: 64 }),
        controlPlane,
        days: 20 + (index % 60),
        address: `10.0.${Math.floor(index / 250)}.${(index % 250) + (controlPlane ? 2 : 10)}`,
      }),
    );
  for (let index = 0; index < 3; index += 1) add(`control-${index + 1}`, index, true);
  for (let index = 0; index < workers; index += 1) add(`worker-${String(index + 1).padStart(pad, "0")}`, index, false);
}

/** Pods by the thousand, for those who want to see a large cluster: settled applications in namespaces of their own. */
function addFleet(world: World, pods: number): void {
  const perApp = 25;
  for (let made = 0, index = 0; made < pods; made += perApp, index += 1) {
    const namespace = `team-${String(Math.floor(index / 12) + 1).padStart(2, "0")}`;
    if (index % 12 === 0) world.addNamespace(namespace, world.agenda.now - 90 * 86_400_000);
    const model = shopApps[index % 5] as App;
    const app = { ...model, namespace, name: `${model.name}-${index + 1}`, partOf: namespace, fault: null };
    const containers = app.containers.map((container) => ({
      ...container,
      cpu: Math.ceil(container.cpu / 8),
      memory: Math.ceil(container.memory / 4),
    }));
    new DeploymentLife(world, { ...app, containers, replicas: Math.min(perApp, pods - made) }, true);
    addService(world, app);
  }
}
