import type { ActionAnswer, KindSchema, MayAnswer, Revision } from "../../protocol/action-answer.ts";
import type { PullJob } from "../../protocol/pull.ts";
import type { Ref } from "../../protocol/ref.ts";
import type { Person } from "../access/person.ts";

/** What pages and scripts may have done. Everything is asked and done with the person's own credential. */
export type ActionsDoor = {
  /**
   * A verb on up to a hundred objects, or `apply` of a text; with `dryRun` only how it would end. What goes wrong with one object is
   * in its result. Throws `not-found` for a verb that there is not, `bad-request`, `invalid`, `unknown-source`.
   */
  run(person: Person, verb: string, body: unknown, options: { dryRun: boolean }): Promise<ActionAnswer>;
  /** What this person may do to objects of a kind: what its buttons are drawn by. At most a hundred paths. */
  may(person: Person, objects: { kind: string; source: string; paths: readonly string[] }): Promise<MayAnswer>;
  /** The revisions that a deployment can go back to, newest first. */
  revisions(person: Person, ref: Ref): Promise<Revision[]>;
  /** Pulls of an engine that go on or ended lately, newest first. Throws `unknown-source`. */
  pulls(person: Person, source: string): PullJob[];
  /** Stops one. Throws `unknown-source`, `forbidden`, `not-found` for one that does not run. */
  cancelPull(person: Person, source: string, id: string): void;
  /** What the cluster's OpenAPI document says about a kind. */
  schema(person: Person, of: { source: string; apiVersion: string; kind: string }): Promise<KindSchema>;
};
