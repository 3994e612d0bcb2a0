import { deployments, pods, replicasets } from "../api/resources.ts";
import { DeploymentControl } from "./deployment-control.ts";
import { podOf } from "./pod-from.ts";
import { ReplicaSetLife } from "./replica-set-life.ts";
import type { World } from "./world.ts";

/** Lets deployments, replica sets and bare pods live, whoever creates them. */
export function bear(world: World): void {
  world.births.set(deployments, (object) => new DeploymentControl(world, object));
  world.births.set(replicasets, (object) => new ReplicaSetLife(world, object));
  // A pod's life is among the world's pods.
  world.births.set(pods, (object) => {
    podOf(world, object);
    return null;
  });
}
