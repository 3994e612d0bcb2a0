import type { Credential, Person } from "../access/person.ts";
import { AuditLog } from "../audit/audit-log.ts";
import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { ActionsDoor } from "./actions-door.ts";
import { kindSchema } from "./kind-schema.ts";
import { mayAct } from "./may-act.ts";
import { revisionsOf } from "./revisions.ts";
import { runAction } from "./run-action.ts";
import type { Sender } from "./send.ts";
import { targetOf } from "./target.ts";

export type ActionsParts = {
  readonly db: Database;
  /** Throw `unknown-source`. */
  readonly source: (slug: string) => ClusterSource;
  readonly credential: (person: Person, slug: string) => Credential;
  readonly now?: () => number;
};

/** Puts the actions together over a database and the sources. */
export function openActions({ db, source, credential, now = Date.now }: ActionsParts): ActionsDoor {
  const audit = new AuditLog(db, now);
  // The credential first: whoever has none for a source is not told whether there is one.
  const sender = (person: Person, slug: string): Sender => {
    const own = credential(person, slug);
    return { credential: own, source: source(slug) };
  };
  return {
    run: (person, verb, body, { dryRun }) => runAction({ audit, sender, now }, person, verb, body, dryRun),
    may: (person, { kind, source: slug, paths }) => mayAct(sender(person, slug), kind, paths),
    async revisions(person, ref) {
      if (ref.kind !== "deployments.apps") throw new StowageError("invalid", `${ref.kind} has no revisions`);
      const { pasts } = await revisionsOf(targetOf(sender(person, ref.source), "rollback", ref));
      return pasts.map(({ template: _template, annotations: _annotations, ...revision }) => revision);
    },
    schema: (person, { source: slug, apiVersion, kind }) => kindSchema(sender(person, slug), apiVersion, kind),
  };
}
