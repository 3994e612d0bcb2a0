import { z } from "zod";

import type { ActionInput } from "../../../protocol/action.ts";
import { StowageError } from "../../error.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { sameObject } from "./engine-target.ts";
import { removeContainer } from "./remove-container.ts";
import { removeImage } from "./remove-image.ts";
import { usersOf } from "./users-of.ts";

type Asked = ActionInput<"delete">;

/** Takes an object from an engine for good. A preview tells what it frees and what stays because of whom. */
export function remove(target: EngineTarget, input: Asked): EngineCall {
  if (input.propagation !== undefined || input.grace !== undefined)
    throw new StowageError("invalid", "propagation and grace are of objects of a cluster");
  const { force = false, volumes = false } = input;
  if (target.ref.kind !== "containers" && (force || volumes))
    throw new StowageError("invalid", "force and volumes are of containers");
  switch (target.ref.kind) {
    case "containers":
      return removeContainer(target, { force, volumes });
    case "images":
      return removeImage(target);
    case "volumes":
      return removeVolume(target);
    default:
      return removeNetwork(target);
  }
}

const volumeSchema = z.object({ Name: z.string(), CreatedAt: z.string().nullish() });

function removeVolume(target: EngineTarget): EngineCall {
  const { engine, ref } = target;
  const path = `/volumes/${encodeURIComponent(ref.path)}`;
  return {
    ref,
    docker: ["volume", "rm", ref.path],
    detail: {},
    async run(dryRun) {
      const { Name, CreatedAt } = volumeSchema.parse(await engine.json({ path }));
      const uid = `${Name}@${CreatedAt ?? ""}`;
      sameObject(target, uid);
      const users = await usersOf(engine, { volume: [Name] });
      if (users.length > 0) throw new StowageError("conflict", `it is mounted by ${users.join(", ")}`);
      if (!dryRun) {
        await engine.json({ method: "DELETE", path });
        return { change: "deleted", warnings: [], uid };
      }
      const bytes = (await target.disk()).volumes.find(({ name }) => name === Name)?.bytes ?? null;
      const goes = [{ kind: "volumes", id: Name, name: Name, bytes }];
      return {
        change: "deleted",
        warnings: [],
        uid,
        clearing: { frees: bytes, goes, keeps: [], stayed: [], unannounced: 0 },
      };
    },
  };
}

const networkSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  Containers: z.record(z.string(), z.object({ Name: z.string() })).nullish(),
});
const own = new Set(["bridge", "host", "none"]);

function removeNetwork(target: EngineTarget): EngineCall {
  const { engine, ref } = target;
  return {
    ref,
    docker: ["network", "rm", ref.path],
    detail: {},
    async run(dryRun) {
      const path = `/networks/${encodeURIComponent(ref.path)}`;
      const { Id, Name, Containers } = networkSchema.parse(await engine.json({ path }));
      sameObject(target, Id);
      if (own.has(Name)) throw new StowageError("conflict", `${Name} is one of the engine's own networks`);
      const users = Object.values(Containers ?? {}).map((each) => each.Name);
      if (users.length > 0) throw new StowageError("conflict", `these containers are in it: ${users.join(", ")}`);
      if (!dryRun) await engine.json({ method: "DELETE", path: `/networks/${Id}` });
      return { change: "deleted", warnings: [], uid: Id };
    },
  };
}
