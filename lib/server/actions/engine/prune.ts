import type { ActionInput } from "../../../protocol/action.ts";
import type { ClearedItem, Clearing } from "../../../protocol/action-answer.ts";
import { isStowageError, StowageError } from "../../error.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { dockerCommand } from "./engine-target.ts";
import type { Prunable } from "./find-prunable.ts";
import { findPrunable } from "./find-prunable.ts";
import { ofThisEngine } from "./of-this-engine.ts";

/**
 * Removes what nothing uses, one by one: what was previewed and is still unused goes, and nothing that came to it meanwhile. The
 * engine's own prune could not be held to a list.
 */
export function prune(target: EngineTarget, input: ActionInput<"prune">): EngineCall {
  const { engine, source, ref } = target;
  const { what, all, expected } = input;
  if (all && (what === "containers" || what === "networks"))
    throw new StowageError("invalid", `there is one way to prune ${what}: without all`);
  return {
    ref,
    docker: [what.slice(0, -1), "prune", "--force", ...(all ? ["--all"] : [])],
    detail: { what, ...(all ? { all } : {}) },
    async run(dryRun) {
      await ofThisEngine(target);
      const found = await findPrunable(engine, what, all);
      const command = dockerCommand(source, found.docker);
      if (dryRun) {
        const clearing = { frees: found.frees(found.goes), goes: items(found.goes), keeps: found.keeps };
        return {
          change: found.goes.length === 0 ? "unchanged" : "deleted",
          warnings: [],
          command,
          clearing: { ...clearing, stayed: [], unannounced: 0 },
        };
      }
      const wanted = expected === undefined ? null : new Set(expected);
      const able = found.goes.filter(({ id }) => wanted?.has(id) ?? true);
      const known = new Set(found.goes.map(({ id }) => id));
      const stayed: Clearing["stayed"] = (expected ?? [])
        .filter((id) => !known.has(id))
        .map((id) => ({ name: id, why: "it is in use by now, or gone" }));
      const gone: Prunable[] = [];
      for (const item of able) {
        const why = await tried(() => item.remove(engine));
        if (why === null) gone.push(item);
        else stayed.push({ name: item.name, why });
      }
      // Layers that are held by something that stayed are not free: what came free is counted over what went.
      const clearing = { frees: found.frees(gone), goes: items(gone), keeps: [], stayed };
      return {
        change: gone.length === 0 ? "unchanged" : "deleted",
        warnings: [],
        command,
        clearing: { ...clearing, unannounced: found.goes.length - able.length },
      };
    },
  };
}

function items(prunable: readonly Prunable[]): ClearedItem[] {
  return prunable.map(({ remove: _remove, ...item }) => item);
}

/** Null when it was removed. What somebody else removed meanwhile is gone as well. Throws when the engine does not answer. */
async function tried(remove: () => Promise<void>): Promise<string | null> {
  try {
    await remove();
    return null;
  } catch (thrown) {
    if (!isStowageError(thrown) || thrown.code === "source-unreachable") throw thrown;
    return thrown.code === "not-found" ? "it was gone already" : (thrown.detail ?? thrown.code);
  }
}
