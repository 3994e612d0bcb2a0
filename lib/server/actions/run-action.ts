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
import type { EngineSource } from "../sources/docker/engine-source.ts";
import type { EngineDisk } from "../sources/docker/read-disk.ts";
import { readDisk } from "../sources/docker/read-disk.ts";
import { applyDocuments } from "./apply-documents.ts";
import type { Call } from "./call.ts";
import { clusterDeed } from "./cluster-deed.ts";
import { cordon } from "./cordon.ts";
import type { Deed } from "./deed.ts";
import { deleteObject } from "./delete.ts";
import { edit } from "./edit.ts";
import { changeState } from "./engine/change-state.ts";
import type { StateVerb } from "./engine/change-state.ts";
import type { EngineCall, EngineTarget } from "./engine/engine-target.ts";
import { engineDeed, engineTargetOf } from "./engine/engine-target.ts";
import { prune } from "./engine/prune.ts";
import { pull } from "./engine/pull.ts";
import type { Pulls } from "./engine/pulls.ts";
import { remove } from "./engine/remove.ts";
import { runContainer } from "./engine/run-container.ts";
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
  /** Null for a source that is no engine; throws as `sender`. */
  readonly engine: (person: Person, source: string) => EngineSource | null;
  readonly pulls: Pulls;
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
    return { verb, dryRun, results: await applyDocuments(performing, sender, input) };
  }
  const { objects, call, engineCall } = planOf(verb, body, doors, person.name);
  const disks = new Map<string, Promise<EngineDisk>>();
  const deedFor = (object: ActionTarget): Deed => {
    const source = doors.engine(person, object.source);
    if (!source) {
      const target = targetOf(doors.sender(person, object.source), verb, object);
      return clusterDeed(target, call(target));
    }
    const disk = () => {
      const read = disks.get(source.slug) ?? readDisk(source.engine);
      disks.set(source.slug, read);
      return read;
    };
    const target = engineTargetOf(source, verb, object, disk);
    return engineDeed(person, target, engineCall(target));
  };
  const results = await eachOfFew(objects, parallel, async (object) => {
    try {
      return await perform(performing, deedFor(object));
    } catch (thrown) {
      const { uid: _uid, ...ref } = object;
      return failed({ ref }, "", thrown);
    }
  });
  return { verb, dryRun, results };
}

type Plan = {
  readonly objects: readonly ActionTarget[];
  readonly call: (target: Target) => Call;
  readonly engineCall: (target: EngineTarget) => EngineCall;
};

function planOf(verb: ObjectVerb, body: unknown, doors: ActionDoors, by: string): Plan {
  switch (verb) {
    case "scale":
      return plan(parse(actionSchemas.scale, body), scale, null);
    case "restart":
      return plan(
        parse(actionSchemas.restart, body),
        (target, { timeout }) => {
          if (timeout !== undefined) throw new StowageError("invalid", "timeout is of containers of an engine");
          return restart(target, doors.now);
        },
        changing("restart"),
      );
    case "start":
      return plan(parse(actionSchemas.start, body), null, changing("start"));
    case "stop":
      return plan(parse(actionSchemas.stop, body), null, changing("stop"));
    case "pause":
      return plan(parse(actionSchemas.pause, body), null, changing("pause"));
    case "unpause":
      return plan(parse(actionSchemas.unpause, body), null, changing("unpause"));
    case "kill":
      return plan(parse(actionSchemas.kill, body), null, changing("kill"));
    case "rollback":
      return plan(parse(actionSchemas.rollback, body), rollback, null);
    case "trigger":
      return plan(parse(actionSchemas.trigger, body), trigger, null);
    case "suspend":
      return plan(parse(actionSchemas.suspend, body), suspend, null);
    case "resume":
      return plan(parse(actionSchemas.resume, body), resume, null);
    case "cordon":
      return plan(parse(actionSchemas.cordon, body), cordon, null);
    case "uncordon":
      return plan(parse(actionSchemas.uncordon, body), uncordon, null);
    case "delete":
      return plan(parse(actionSchemas.delete, body), deleteObject, remove);
    case "edit":
      return plan(parse(actionSchemas.edit, body), edit, null);
    case "pull":
      return plan(parse(actionSchemas.pull, body), null, (target, input) => pull(target, input, doors.pulls, by));
    case "run":
      return plan(parse(actionSchemas.run, body), null, runContainer);
    case "prune":
      return plan(parse(actionSchemas.prune, body), null, prune);
  }
}

function changing(verb: StateVerb) {
  type Input = { objects: readonly ActionTarget[]; timeout?: number | undefined; signal?: string };
  return (target: EngineTarget, { timeout, signal }: Input) =>
    changeState(verb, target, { timeout, ...(signal === undefined ? {} : { signal }) });
}

/** Null stands for a type of source that has no kind with this verb: targets of it are refused before they come here. */
function plan<I extends { objects: readonly ActionTarget[] }>(
  input: I,
  call: ((target: Target, input: I) => Call) | null,
  engineCall: ((target: EngineTarget, input: I) => EngineCall) | null,
): Plan {
  const none = () => new StowageError("invalid", "there is no such action for objects of this source");
  return {
    objects: input.objects,
    call: (target) => {
      if (!call) throw none();
      return call(target, input);
    },
    engineCall: (target) => {
      if (!engineCall) throw none();
      return engineCall(target, input);
    },
  };
}

function isVerb(verb: string): verb is ActionVerb {
  return verb === "apply" || objectVerbs.some((each) => each === verb);
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new StowageError("bad-request", z.prettifyError(parsed.error));
  return parsed.data;
}
