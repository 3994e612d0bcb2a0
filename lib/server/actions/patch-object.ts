import type { KubeObject } from "../../protocol/object.ts";
import type { Effect } from "./call.ts";
import { comparable, isSame, writing } from "./call.ts";
import { readIfAllowed, send } from "./send.ts";
import type { Target } from "./target.ts";

/** Merges a patch into the object. `check` looks at what there is first and throws where it is not to be. */
export async function patchObject(
  target: Target,
  patch: unknown,
  dryRun: boolean,
  check?: (before: KubeObject) => void,
): Promise<Effect> {
  const { path } = target;
  const before = await readIfAllowed(target, path);
  if (before) check?.(before);
  const query = writing(dryRun);
  const sent = await send(target, { method: "PATCH", path, query, body: patch, type: "merge-patch" });
  const compare = { before: comparable(before), after: comparable(sent.object) };
  return {
    change: isSame(compare.before, compare.after) ? "unchanged" : "changed",
    warnings: sent.warnings,
    compare,
  };
}
