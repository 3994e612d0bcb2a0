import { kindOf } from "../../../kinds/index.ts";
import { verbsFor } from "../../../kinds/verbs.ts";
import { maxObjects } from "../../../protocol/action.ts";
import type { MayAnswer, MissingRight } from "../../../protocol/action-answer.ts";
import type { Person } from "../../access/person.ts";
import { StowageError } from "../../error.ts";
import { engineRefusal } from "./engine-target.ts";

/** What somebody may do to objects of an engine: all of it or nothing, by their role. Throws `unknown-kind`, `too-many`. */
export function mayActOnEngine(person: Person, kindId: string, paths: readonly string[]): MayAnswer {
  const kind = kindOf(kindId);
  if (!kind) throw new StowageError("unknown-kind", kindId);
  if (paths.length > maxObjects) throw new StowageError("too-many", `at most ${maxObjects} objects at a time`);
  const missing = (verb: string): MissingRight | null =>
    engineRefusal(person) === null
      ? null
      : { verb, resource: kindId, group: "", namespace: null, name: null, reason: "", role: "operator" };
  const verbs = Object.fromEntries(verbsFor(kind, "engine").map((verb) => [verb, missing(verb)]));
  return { objects: paths.map((path) => ({ path, verbs })) };
}
