import { shellCommand } from "../../shared/shell-quote.ts";
import type { ActionResult, HeldField } from "../../protocol/action-answer.ts";
import type { Person } from "../access/person.ts";
import type { AuditLog, Intent } from "../audit/audit-log.ts";
import { isStowageError, StowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import { ApiRefusal } from "./api-refusal.ts";
import { askAccess } from "./ask-access.ts";
import type { Call, Effect } from "./call.ts";
import { changedFields } from "./changed-fields.ts";
import { yamlDiff } from "./compare-yaml.ts";
import { EditRefused } from "./edit.ts";
import type { Sender } from "./send.ts";

export type Performing = {
  readonly person: Person;
  readonly audit: AuditLog;
  readonly verb: string;
  readonly sender: Sender;
  readonly dryRun: boolean;
};

/**
 * One call from the question whether it is allowed to its row in the audit log. A preview asks and tries, and writes no row. Never
 * throws: what went wrong is in the result.
 */
export async function perform(performing: Performing, call: Call): Promise<ActionResult> {
  const { person, audit, verb, sender, dryRun } = performing;
  const { kind, source, path } = call.ref;
  const intent: Intent = { verb, source, kind, path, detail: call.detail };
  const command = commandOf(sender, call);
  try {
    const refusal = await refusalOf(sender, call);
    if (refusal !== null) {
      if (!dryRun) await audit.refused(person, intent, refusal);
      return failed(call, command, new StowageError("forbidden", refusal));
    }
    if (dryRun) return succeeded(call, command, await call.run(true), true);
    return succeeded(call, command, await inAudit(audit, person, intent, call), false);
  } catch (thrown) {
    return failed(call, command, thrown);
  }
}

/** As AuditLog.during, but what the API server forbids is told as refused. */
async function inAudit(audit: AuditLog, person: Person, intent: Intent, call: Call): Promise<Effect> {
  const id = await audit.begin(person, intent);
  try {
    const effect = await call.run(false);
    // What a text says that it changes is its author's word; what changed is the API server's.
    const changed = intent.verb === "edit" && effect.compare;
    const detail = changed ? { ...intent.detail, changed: changedFields(changed.before, changed.after) } : undefined;
    await audit.end(id, "done", null, detail);
    return effect;
  } catch (thrown) {
    const refused = isStowageError(thrown) && thrown.code === "forbidden";
    await audit.end(id, refused ? "refused" : "failed", thrown instanceof Error ? thrown.message : String(thrown));
    throw thrown;
  }
}

/** Why the API server does not let this person do it, in its own words; null when it does. */
async function refusalOf(sender: Sender, call: Call): Promise<string | null> {
  const answers = await Promise.all(call.rights.map((right) => askAccess(sender, right)));
  const missing = answers.find((answer) => answer !== null);
  if (!missing) return null;
  // A review says no without a sentence; a trial, which changes nothing, is refused with one.
  const words = await call.run(true).then(
    () => null,
    (thrown: unknown) => (isStowageError(thrown) && thrown.code === "forbidden" ? (thrown.detail ?? null) : null),
  );
  const where = missing.namespace === null ? "" : ` in the namespace "${missing.namespace}"`;
  const asked = `the API server does not allow to ${missing.verb} ${missing.resource}${where}`;
  return words ?? (missing.reason === "" ? asked : `${asked}: ${missing.reason}`);
}

function commandOf({ source }: Sender, { kubectl, ref }: Call): string {
  const namespaced = ref.path.includes("/") ? ["-n", ref.path.slice(0, ref.path.indexOf("/"))] : [];
  return shellCommand(["kubectl", "--context", source.title, ...namespaced, ...kubectl]);
}

function succeeded(call: Call, command: string, effect: Effect, dryRun: boolean): ActionResult {
  const { compare } = effect;
  return {
    ...blank(call, command),
    outcome: dryRun ? "ready" : "done",
    change: effect.change,
    diff: dryRun && compare ? yamlDiff(compare.before, compare.after) : null,
    warnings: [...effect.warnings],
    companions: [...(effect.companions ?? [])],
    untold: [...(effect.untold ?? [])],
    uid: effect.uid ?? null,
    made: dryRun ? null : (effect.made ?? null),
  };
}

/** The result of something that was thrown. What nobody expected is logged and told without its text. */
export function failed(call: Pick<Call, "ref">, command: string, thrown: unknown): ActionResult {
  const error = wireErrorOf(thrown);
  if (error.code === "internal")
    log.error("action.failed", {
      message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  return {
    ...blank(call, command),
    outcome: error.code === "forbidden" ? "refused" : "failed",
    error,
    conflict: thrown instanceof EditRefused ? thrown.conflict : null,
    held: thrown instanceof ApiRefusal ? heldIn(thrown) : [],
  };
}

function blank({ ref }: Pick<Call, "ref">, command: string) {
  return {
    target: ref,
    uid: null,
    change: null,
    diff: null,
    warnings: [],
    command,
    error: null,
    companions: [],
    untold: [],
    made: null,
    conflict: null,
    held: [],
    unchecked: false,
  };
}

/** `conflict with "kubectl" using apps/v1` */
function heldIn({ causes }: ApiRefusal): HeldField[] {
  return causes
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ field, message }) => ({ field, by: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? message }));
}
