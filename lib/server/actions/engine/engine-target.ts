import { kindOf } from "../../../kinds/index.ts";
import type { ObjectVerb } from "../../../kinds/verbs.ts";
import { verbsFor } from "../../../kinds/verbs.ts";
import type { ActionTarget } from "../../../protocol/action.ts";
import type { Ref } from "../../../protocol/ref.ts";
import { shellCommand } from "../../../shared/shell-quote.ts";
import type { Person } from "../../access/person.ts";
import { hasRole } from "../../access/person.ts";
import { StowageError } from "../../error.ts";
import type { EngineSource } from "../../sources/docker/engine-source.ts";
import type { Engine } from "../../sources/docker/engine.ts";
import type { EngineDisk } from "../../sources/docker/read-disk.ts";
import type { Effect } from "../call.ts";
import type { Deed } from "../deed.ts";

/** One object of an engine that something is to be done to. */
export type EngineTarget = {
  readonly source: EngineSource;
  readonly engine: Engine;
  readonly ref: Ref;
  readonly uid: string | undefined;
  /** What lies on the engine's disk, read once for all objects of a request. */
  readonly disk: () => Promise<EngineDisk>;
};

/** One verb on one object of an engine; `docker` are the words of its client behind `docker --host …`. */
export type EngineCall = {
  readonly ref: Ref;
  readonly docker: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  run(dryRun: boolean): Promise<Effect>;
};

/** Throws `unknown-kind`, `invalid` for a verb that is not of the kind, `not-found` for a path that no object can have. */
export function engineTargetOf(
  source: EngineSource,
  verb: ObjectVerb,
  { uid, ...ref }: ActionTarget,
  disk: () => Promise<EngineDisk>,
): EngineTarget {
  const kind = kindOf(ref.kind);
  if (!kind?.engine) throw new StowageError("unknown-kind", ref.kind);
  if (!verbsFor(kind, "engine").includes(verb)) throw new StowageError("invalid", `there is no ${verb} for ${kind.id}`);
  // They would lead out of the address that is asked.
  if (ref.path === "." || ref.path === "..") throw new StowageError("not-found", ref.path);
  return { source, engine: source.engine, ref, uid, disk };
}

/** An engine knows no people: to act on it is for operators, as it may be worth as much as the machine. */
export function engineRefusal(person: Person): string | null {
  if (hasRole(person, "operator")) return null;
  return `acting on a container engine needs the role operator, and this person's is ${person.role}`;
}

export function engineDeed(person: Person, { source }: Pick<EngineTarget, "source">, call: EngineCall): Deed {
  return {
    ref: call.ref,
    detail: call.detail,
    command: dockerCommand(source, call.docker),
    refusal: () => Promise.resolve(engineRefusal(person)),
    run: (dryRun) => call.run(dryRun),
  };
}

/** A whole command line that goes to this engine and no other. */
export function dockerCommand({ engine }: EngineSource, words: readonly string[]): string {
  return shellCommand(["docker", "--host", engine.where, ...words]);
}

/** An image's name in an address: its slashes are the address's own. */
export function imageAddress(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

/** Throws `conflict` where the object was looked at and is another by now. */
export function sameObject(target: Pick<EngineTarget, "uid" | "ref">, uid: string): void {
  if (target.uid !== undefined && target.uid !== uid)
    throw new StowageError("conflict", `${target.ref.path} is another one than was looked at`);
}
