import type { ActionResult, HeldField } from "../../protocol/action-answer.ts";
import type { Person } from "../access/person.ts";
import type { AuditLog, Intent } from "../audit/audit-log.ts";
import { isStowageError, StowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import { ApiRefusal } from "./api-refusal.ts";
import type { Effect } from "./call.ts";
import { changedFields } from "./changed-fields.ts";
import { yamlDiff } from "./compare-yaml.ts";
import type { Deed } from "./deed.ts";
import { EditRefused } from "./edit.ts";

export type Performing = {
  readonly person: Person;
  readonly audit: AuditLog;
  readonly verb: string;
  readonly dryRun: boolean;
};

/**
 * One deed from the question whether it is allowed to its row in the audit log. A preview asks and tries, and writes no row. Never
 * throws: what went wrong is in the result.
 */
export async function perform({ person, audit, verb, dryRun }: Performing, deed: Deed): Promise<ActionResult> {
  const { kind, source, path } = deed.ref;
  const intent: Intent = { verb, source, kind, path, detail: deed.detail };
  try {
    const refusal = await deed.refusal();
    if (refusal !== null) {
      if (!dryRun) await audit.refused(person, intent, refusal);
      return failed(deed, deed.command, new StowageError("forbidden", refusal));
    }
    if (dryRun) return succeeded(deed, await deed.run(true), true);
    return succeeded(deed, await inAudit(audit, person, intent, deed), false);
  } catch (thrown) {
    return failed(deed, deed.command, thrown);
  }
}

/** As AuditLog.during, but what the source forbids is told as refused, and what was begun ends its row when it ends. */
async function inAudit(audit: AuditLog, person: Person, intent: Intent, deed: Deed): Promise<Effect> {
  const id = await audit.begin(person, intent);
  try {
    const effect = await deed.run(false);
    // What a text says that it changes is its author's word; what changed is the API server's.
    const changed = intent.verb === "edit" && effect.compare;
    const detail = changed ? { ...intent.detail, changed: changedFields(changed.before, changed.after) } : undefined;
    if (effect.job) void effect.job.ended.then((error) => endRow(audit, id, error));
    else await audit.end(id, "done", null, detail);
    return effect;
  } catch (thrown) {
    await endRow(audit, id, thrown);
    throw thrown;
  }
}

async function endRow(audit: AuditLog, id: number, thrown: unknown): Promise<void> {
  if (thrown === null) return await audit.end(id, "done", null);
  const refused = isStowageError(thrown) && thrown.code === "forbidden";
  const words = thrown instanceof Error ? thrown.message : "something that is no error was thrown";
  await audit.end(id, refused ? "refused" : "failed", words);
}

function succeeded(deed: Deed, effect: Effect, dryRun: boolean): ActionResult {
  const { compare } = effect;
  return {
    ...blank(deed, effect.command ?? deed.command),
    outcome: dryRun ? "ready" : "done",
    change: effect.change,
    diff: dryRun && compare ? yamlDiff(compare.before, compare.after) : null,
    warnings: [...effect.warnings],
    companions: [...(effect.companions ?? [])],
    untold: [...(effect.untold ?? [])],
    uid: effect.uid ?? null,
    made: dryRun ? null : (effect.made ?? null),
    clearing: effect.clearing ?? null,
    job: effect.job?.id ?? null,
  };
}

/** The result of something that was thrown. What nobody expected is logged and told without its text. */
export function failed(deed: Pick<Deed, "ref">, command: string, thrown: unknown): ActionResult {
  const error = wireErrorOf(thrown);
  if (error.code === "internal")
    log.error("action.failed", {
      message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  return {
    ...blank(deed, command),
    outcome: error.code === "forbidden" ? "refused" : "failed",
    error,
    conflict: thrown instanceof EditRefused ? thrown.conflict : null,
    held: thrown instanceof ApiRefusal ? heldIn(thrown) : [],
  };
}

function blank({ ref }: Pick<Deed, "ref">, command: string) {
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
    clearing: null,
    job: null,
    unchecked: false,
  };
}

/** `conflict with "kubectl" using apps/v1` */
function heldIn({ causes }: ApiRefusal): HeldField[] {
  return causes
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ field, message }) => ({ field, by: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? message }));
}
