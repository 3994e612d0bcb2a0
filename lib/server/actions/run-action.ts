import { z } from "zod";

import type { ActionVerb, ObjectVerb } from "../../kinds/verbs.ts";
import { objectVerbs } from "../../kinds/verbs.ts";
import type { ActionTarget } from "../../protocol/action.ts";
import { actionSchemas } from "../../protocol/action.ts";
import type { ActionAnswer } from "../../protocol/action-answer.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";
import type { Person } from "../access/person.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { StowageError } from "../error.ts";
import { applyDocuments } from "./apply-documents.ts";
import type { Call } from "./call.ts";
import { cordon } from "./cordon.ts";
import { deleteObject } from "./delete.ts";
import { edit } from "./edit.ts";
import { failed, perform } from "./perform.ts";
import { restart } from "./restart.ts";
import { resume } from "./resume.ts";
import { rollback } from "./rollback.ts";
import { scale } from "./scale.ts";
import type { Sender } from "./send.ts";
import { suspend } from "./suspend.ts";
import type { Target } from "./target.ts";
import { targetOf } from "./target.ts";
import { trigger } from "./trigger.ts";
import { uncordon } from "./uncordon.ts";

export type ActionDoors = {
  readonly audit: AuditLog;
  /** Throws `unknown-source` for one that there is not, or that the person has no credential for. */
  readonly sender: (person: Person, source: string) => Sender;
  readonly now: () => number;
};

/** Objects that are worked on at a time. */
const parallel = 4;

/**
 * One verb on up to a hundred objects, each asked for, tried or done, and written down by itself. Throws `not-found` for a verb that
 * there is not, `bad-request` for input that does not parse, `invalid` for YAML that is none.
 */
export async function runAction(
  doors: ActionDoors,
  person: Person,
  verb: string,
  body: unknown,
  dryRun: boolean,
): Promise<ActionAnswer> {
  if (!isVerb(verb)) throw new StowageError("not-found", `there is no action ${verb.slice(0, 40)}`);
  const performing = { person, audit: doors.audit, verb, dryRun };
  if (verb === "apply") {
    const input = parse(actionSchemas.apply, body);
    const sender = doors.sender(person, input.source);
    return { verb, dryRun, results: await applyDocuments({ ...performing, sender }, input) };
  }
  const { objects, callFor } = planOf(verb, body, doors.now);
  const results = await eachOfFew(objects, parallel, async (object) => {
    try {
      const target = targetOf(doors.sender(person, object.source), verb, object);
      return await perform({ ...performing, sender: target }, callFor(target));
    } catch (thrown) {
      const { uid: _uid, ...ref } = object;
      return failed({ ref }, "", thrown);
    }
  });
  return { verb, dryRun, results };
}

type Plan = { objects: readonly ActionTarget[]; callFor: (target: Target) => Call };

function planOf(verb: ObjectVerb, body: unknown, now: () => number): Plan {
  switch (verb) {
    case "scale":
      return plan(parse(actionSchemas.scale, body), scale);
    case "restart":
      return plan(parse(actionSchemas.restart, body), (target) => restart(target, now));
    case "rollback":
      return plan(parse(actionSchemas.rollback, body), rollback);
    case "trigger":
      return plan(parse(actionSchemas.trigger, body), trigger);
    case "suspend":
      return plan(parse(actionSchemas.suspend, body), suspend);
    case "resume":
      return plan(parse(actionSchemas.resume, body), resume);
    case "cordon":
      return plan(parse(actionSchemas.cordon, body), cordon);
    case "uncordon":
      return plan(parse(actionSchemas.uncordon, body), uncordon);
    case "delete":
      return plan(parse(actionSchemas.delete, body), deleteObject);
    case "edit":
      return plan(parse(actionSchemas.edit, body), edit);
  }
}

function plan<I extends { objects: readonly ActionTarget[] }>(
  input: I,
  call: (target: Target, input: I) => Call,
): Plan {
  return { objects: input.objects, callFor: (target) => call(target, input) };
}

function isVerb(verb: string): verb is ActionVerb {
  return verb === "apply" || objectVerbs.some((each) => each === verb);
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new StowageError("bad-request", z.prettifyError(parsed.error));
  return parsed.data;
}
