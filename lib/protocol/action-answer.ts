import type { WireError } from "./error.ts";
import type { Ref } from "./ref.ts";

/** What became of an object, or would. `unchanged`: it already was as it was to be. */
export type Change = "created" | "changed" | "unchanged" | "deleted" | "begun";

/** Something on an engine's disk. `id` is what a prune names it by; `bytes` are null where the engine does not tell. */
export type ClearedItem = { kind: string; id: string; name: string; bytes: number | null };

/**
 * What a removal takes from an engine's disk and what it leaves. Bytes of what goes add up to `frees`: what two images share is
 * counted with the first of them that goes.
 */
export type Clearing = {
  frees: number | null;
  goes: ClearedItem[];
  /** `because` names what needs it. */
  keeps: (ClearedItem & { because: string[] })[];
  /** After it was done: what was to go and did not, with why. */
  stayed: { name: string; why: string }[];
  /** What would be taken by now and was not announced: it was let be. */
  unannounced: number;
};

/** Objects that go along with one that is deleted, by their kind as the API calls it. */
export type Companions = {
  kind: string;
  /** At most ten names. */
  names: string[];
  count: number;
  /** There are more than were counted. */
  more: boolean;
};

/** What somebody else did while a text was edited. */
export type EditConflict = {
  /** Who wrote the object last, as the API server names field managers; null where it does not say. */
  by: string | null;
  /** When, in RFC 3339. */
  at: string | null;
  /** From the text that was edited to what there is now; null without that text. */
  theirs: string | null;
  /** What there is now. */
  current: string;
  /** The edit upon what there is now; null where both changed the same lines. */
  merged: string | null;
};

/** A field that another field manager holds. */
export type HeldField = { field: string; by: string };

/** One object of an action, as it would end (`ready`) or ended. */
export type ActionResult = {
  target: Ref;
  /** Preview of a deletion: the object that was looked at. With it the deletion is of that one or none. */
  uid: string | null;
  outcome: "ready" | "done" | "refused" | "failed";
  /** Null when it was refused or failed. */
  change: Change | null;
  /** A unified diff of YAML, in a preview; null where nothing is to be compared. */
  diff: string | null;
  /** What the API server warned of. */
  warnings: string[];
  /** The same by kubectl, quoted for a shell. */
  command: string;
  error: WireError | null;
  /** Preview of a deletion: what goes with it (`orphan`: what stays behind). */
  companions: Companions[];
  /** Kinds of which could not be told whether any go along. */
  untold: string[];
  /** What a trigger made. */
  made: Ref | null;
  conflict: EditConflict | null;
  held: HeldField[];
  /** Of a removal from an engine: what it frees, or freed. */
  clearing: Clearing | null;
  /** Number of what was begun and goes on: see `/api/engines/{engine}/pulls`. */
  job: string | null;
  /** Preview: the API server could not check it yet, because what it stands in is of the same text. */
  unchecked: boolean;
};

export type ActionAnswer = { verb: string; dryRun: boolean; results: ActionResult[] };

/**
 * A right that somebody lacks, as the access review was asked, and the reason that the API server gave, "" for none. An engine asks
 * nobody: there it is a role of Stowage that is missing.
 */
export type MissingRight = {
  verb: string;
  resource: string;
  group: string;
  namespace: string | null;
  name: string | null;
  reason: string;
  role?: "operator";
};

/** For each object, what is missing for each verb; null where nothing is. */
export type MayAnswer = { objects: { path: string; verbs: Record<string, MissingRight | null> }[] };

/** One of a deployment's revisions, newest first. */
export type Revision = {
  revision: number;
  /** It is the template of now. */
  current: boolean;
  replicaSet: string;
  /** RFC 3339; null where it is not said. */
  created: string | null;
  images: string[];
  cause: string | null;
};

/** The part of a cluster's OpenAPI document that one kind needs; references are `#/components/schemas/NAME`. */
export type KindSchema = { root: string; schemas: Record<string, unknown> };
