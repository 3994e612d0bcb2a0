import type { Backend } from "../api/backend.ts";
import { runProgram } from "../exec/run-program.ts";
import { bear } from "./births.ts";
import { create, edit } from "./lives.ts";
import { logSource } from "./log-lines.ts";
import { remove, removeWhenFinished } from "./remove.ts";
import type { World } from "./world.ts";

/** A world as its API sees it; from now on it also lives by what is created in it. */
export function backendOf(world: World): Backend {
  bear(world);
  const { store, agenda } = world;
  return {
    store,
    logs: logSource(world),
    now: () => agenda.now,
    newUid: () => world.chance.uid(),
    newSuffix: () => world.chance.suffix(5),
    create: (resource, object) => create(world, resource, object),
    write: (resource, before, after) => {
      const { namespace = "", name = "" } = before.metadata ?? {};
      const kept = edit(world, resource, namespace, name, () => after) ?? after;
      removeWhenFinished(world, resource, kept);
      return kept;
    },
    remove: (resource, object, propagation, graceSeconds) => remove(world, resource, object, propagation, graceSeconds),
    run: (pod, container, command, terminal) => runProgram(world, pod, container, command, terminal),
  };
}
