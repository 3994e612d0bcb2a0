import type { ObjectVerb } from "../../kinds/verbs.ts";
import { verbsFor } from "../../kinds/verbs.ts";
import { kindOf } from "../../kinds/index.ts";
import { maxObjects } from "../../protocol/action.ts";
import type { MayAnswer, MissingRight } from "../../protocol/action-answer.ts";
import { StowageError } from "../error.ts";
import type { Right } from "./ask-access.ts";
import { askAccess } from "./ask-access.ts";
import type { Sender } from "./send.ts";
import type { Target } from "./target.ts";
import { rightOn, targetOf } from "./target.ts";

/** Reviews under way at a time. */
const parallel = 16;

/** The rights without which a button is grey, none for a verb of engines. What else a verb needs, its own call asks for. */
function rightsFor(verb: ObjectVerb, target: Target): Right[] {
  switch (verb) {
    case "scale":
      return [rightOn(target, "patch", "scale")];
    case "rollback":
      return [
        rightOn(target, "patch"),
        { verb: "list", group: "apps", resource: "replicasets", namespace: target.namespace, name: null },
      ];
    case "trigger":
      return [{ verb: "create", group: "batch", resource: "jobs", namespace: target.namespace, name: null }];
    case "edit":
      return [rightOn(target, "update")];
    case "delete":
      return [rightOn(target, "delete")];
    case "restart":
    case "suspend":
    case "resume":
    case "cordon":
    case "uncordon":
      return [rightOn(target, "patch")];
    case "start":
    case "stop":
    case "pause":
    case "unpause":
    case "kill":
    case "pull":
    case "prune":
    case "run":
      return [];
  }
}

/** What somebody may do to objects of a kind, verb by verb, asked of the API server now. */
export async function mayAct(sender: Sender, kindId: string, paths: readonly string[]): Promise<MayAnswer> {
  const kind = kindOf(kindId);
  if (!kind) throw new StowageError("unknown-kind", kindId);
  if (paths.length > maxObjects) throw new StowageError("too-many", `at most ${maxObjects} objects at a time`);
  const ask = asker(sender);
  const source = sender.source.slug;
  const objects = paths.map(async (path) => {
    const verbs = verbsFor(kind, "cluster").map(async (verb): Promise<[string, MissingRight | null]> => {
      const target = targetOf(sender, verb, { kind: kindId, source, path });
      const answers = await Promise.all(rightsFor(verb, target).map(ask));
      return [verb, answers.find((answer) => answer !== null) ?? null];
    });
    return { path, verbs: Object.fromEntries(await Promise.all(verbs)) };
  });
  return { objects: await Promise.all(objects) };
}

/** Asks each thing once: first for any object of the resource, and where that is refused, for the one. */
function asker(sender: Sender): (right: Right) => Promise<MissingRight | null> {
  const asked = new Map<string, Promise<MissingRight | null>>();
  const once = limited(parallel, (right: Right) => askAccess(sender, right));
  const of = (right: Right): Promise<MissingRight | null> => {
    const key = JSON.stringify(right);
    const answer = asked.get(key) ?? once(right);
    asked.set(key, answer);
    return answer;
  };
  return async (right) => {
    const any = await of({ ...right, name: null });
    return any === null || right.name === null ? any : await of(right);
  };
}

function limited<T, R>(most: number, work: (value: T) => Promise<R>): (value: T) => Promise<R> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (value) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work(value);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
