import type { ClearedItem } from "../../../protocol/action-answer.ts";
import { StowageError } from "../../error.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { readContainer } from "./read-container.ts";
import { sumOrNull } from "./sum-or-null.ts";

/** A volume that nobody named has as a name what the engine drew. */
export const anonymousVolume = /^[0-9a-f]{64}$/;
const removeMs = 120_000;

/** Removes a container with its writable layer, and with `volumes` those that were made for it alone. */
export function removeContainer(target: EngineTarget, asked: { force: boolean; volumes: boolean }): EngineCall {
  const { engine, ref } = target;
  const { force, volumes } = asked;
  return {
    ref,
    docker: ["container", "rm", ...(force ? ["--force"] : []), ...(volumes ? ["--volumes"] : []), ref.path],
    detail: { ...(force ? { force } : {}), ...(volumes ? { volumes } : {}) },
    async run(dryRun) {
      const now = await readContainer(target, { size: dryRun });
      if (now.running && !force)
        throw new StowageError("conflict", `${now.name} is ${now.state}: stop it first, or remove it by force`);
      if (!dryRun) {
        const path = `/containers/${now.id}?${new URLSearchParams({ force: String(force), v: String(volumes) }).toString()}`;
        await engine.json({ method: "DELETE", path, responseTimeout: removeMs });
        return { change: "deleted", warnings: [], uid: now.id };
      }
      const mounted = now.volumes.length === 0 ? [] : (await target.disk()).volumes;
      const items = now.volumes.map((name): ClearedItem => {
        const bytes = mounted.find((volume) => volume.name === name)?.bytes ?? null;
        return { kind: "volumes", id: name, name, bytes };
      });
      const along = items.filter(({ name }) => volumes && anonymousVolume.test(name));
      const layer = { kind: "containers", id: now.id, name: now.name, bytes: now.writable };
      const goes = [layer, ...along];
      return {
        change: "deleted",
        warnings: [],
        uid: now.id,
        compare: { before: { state: now.state }, after: null },
        clearing: {
          frees: sumOrNull(goes),
          goes,
          keeps: items.filter((item) => !along.includes(item)).map((item) => ({ ...item, because: [] })),
          stayed: [],
          unannounced: 0,
        },
      };
    },
  };
}
