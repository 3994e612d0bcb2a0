import type { Credential, Person } from "../access/person.ts";
import { AuditLog } from "../audit/audit-log.ts";
import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import type { FindCredential } from "../registries/credentials.ts";
import type { EngineSource } from "../sources/docker/engine-source.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { ActionsDoor } from "./actions-door.ts";
import { engineRefusal } from "./engine/engine-target.ts";
import { Pulls } from "./engine/pulls.ts";
import { mayActOnEngine } from "./engine/may-act-on-engine.ts";
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
  /** Null for a source that is no engine; throws `unknown-source` for one that the person has no credential for. */
  readonly engine: (person: Person, slug: string) => EngineSource | null;
  /** Of images that engines are told to pull. */
  readonly registryCredential: FindCredential;
  readonly now?: () => number;
};

/** Puts the actions together over a database and the sources. */
export function openActions(parts: ActionsParts): ActionsDoor & { dispose(): Promise<void> } {
  const { db, source, credential, engine, registryCredential, now = Date.now } = parts;
  const audit = new AuditLog(db, now);
  const pulls = new Pulls(registryCredential, now);
  // The credential first: whoever has none for a source is not told whether there is one.
  const sender = (person: Person, slug: string): Sender => {
    const own = credential(person, slug);
    return { credential: own, source: source(slug) };
  };
  const engineOf = (person: Person, slug: string): EngineSource => {
    const found = engine(person, slug);
    if (!found) throw new StowageError("unknown-source", slug);
    return found;
  };
  return {
    run: (person, verb, body, { dryRun }) =>
      runAction({ audit, sender, engine, pulls, now }, person, verb, body, dryRun),
    async may(person, { kind, source: slug, paths }) {
      if (engine(person, slug)) return mayActOnEngine(person, kind, paths);
      return await mayAct(sender(person, slug), kind, paths);
    },
    async revisions(person, ref) {
      if (ref.kind !== "deployments.apps") throw new StowageError("invalid", `${ref.kind} has no revisions`);
      const { pasts } = await revisionsOf(targetOf(sender(person, ref.source), "rollback", ref));
      return pasts.map(({ template: _template, annotations: _annotations, ...revision }) => revision);
    },
    pulls(person, slug) {
      engineOf(person, slug);
      return pulls.list(slug);
    },
    cancelPull(person, slug, id) {
      engineOf(person, slug);
      const refusal = engineRefusal(person);
      if (refusal !== null) throw new StowageError("forbidden", refusal);
      pulls.cancel(slug, id, person.name);
    },
    dispose: () => pulls.dispose(),
    schema: (person, { source: slug, apiVersion, kind }) => kindSchema(sender(person, slug), apiVersion, kind),
  };
}
