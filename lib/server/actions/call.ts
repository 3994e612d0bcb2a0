import type { Change, Clearing, Companions } from "../../protocol/action-answer.ts";
import type { KubeObject } from "../../protocol/object.ts";
import type { Ref } from "../../protocol/ref.ts";
import { sortKeys } from "../../shared/sort-keys.ts";
import type { StowageError } from "../error.ts";
import type { Right } from "./ask-access.ts";

/** What a call did, or would do. */
export type Effect = {
  readonly change: Change;
  readonly warnings: readonly string[];
  /** What there was and what there is now, where the two are worth comparing. `before` is null for what is new or not to be read. */
  readonly compare?: { readonly before: unknown; readonly after: unknown };
  readonly companions?: readonly Companions[];
  readonly untold?: readonly string[];
  readonly made?: Ref;
  readonly uid?: string | undefined;
  readonly clearing?: Clearing;
  /** Where what there is decides about the words: in place of the deed's own. */
  readonly command?: string;
  /** What was begun: its number, and how it ends, which never rejects. Its row in the audit log ends with it. */
  readonly job?: { readonly id: string; readonly ended: Promise<StowageError | null> };
};

/** One verb on one object, ready to be asked for, tried and done. Making it asks nobody anything. */
export type Call = {
  readonly ref: Ref;
  /** All that the API server has to allow. */
  readonly rights: readonly Right[];
  /** The words of kubectl behind `kubectl`, without the context. */
  readonly kubectl: readonly string[];
  /** For the audit log: what was asked for, without any value of an object. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Does it, or with `dryRun` has the API server do all but keep it. Throws ApiRefusal and StowageErrors. */
  run(dryRun: boolean): Promise<Effect>;
};

/** The query of a request that writes. */
export function writing(dryRun: boolean, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...(dryRun ? { dryRun: "All" } : {}), fieldManager: "stowage", ...more };
}

/** Without what every write changes, so that two states can be compared. */
export function comparable(object: KubeObject | null): unknown {
  if (object === null) return null;
  const { metadata = {}, status: _status, ...rest } = object;
  const {
    managedFields: _fields,
    resourceVersion: _version,
    generation: _generation,
    // Of something that is tried they are those of the trial.
    uid: _uid,
    creationTimestamp: _created,
    ...kept
  } = metadata;
  return { ...rest, metadata: kept };
}

/** Whether two states are the same but for the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}
