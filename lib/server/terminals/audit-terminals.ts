import type { AuditLog } from "../audit/audit-log.ts";
import { logTerminals } from "./log-terminals.ts";
import type { TerminalAudit, TerminalEvent } from "./terminal-event.ts";

/**
 * Writes terminals into the audit log, one row each: an intent until it ended. What is typed and said is written nowhere. Throws
 * `audit-failed` for an opening that cannot be written.
 */
export function auditTerminals(audit: Pick<AuditLog, "begin" | "end" | "refused">): TerminalAudit {
  const rows = new Map<string, number>();
  return async (event) => {
    await logTerminals(event);
    const { terminal, person, target } = event;
    const { source, namespace, pod, container } = target;
    const ofEngine = pod === "";
    const intent = {
      verb: "exec",
      source,
      ...(ofEngine ? { kind: "containers", path: container } : { kind: "pods", path: `${namespace}/${pod}` }),
      detail: { container },
    };
    if (event.type === "refused") {
      const why = ofEngine ? "the role operator is needed" : "the API server does not allow exec";
      return await audit.refused(person, intent, why);
    }
    if (event.type === "opening") {
      rows.set(terminal, await audit.begin(person, intent));
      return;
    }
    const row = rows.get(terminal);
    const outcome = outcomeOf(event);
    if (row === undefined || outcome === null) return;
    rows.delete(terminal);
    await audit.end(row, outcome.error === null ? "done" : "failed", outcome.error);
  };
}

/** Null for what is not the end of it. */
function outcomeOf(event: TerminalEvent): { error: string | null } | null {
  switch (event.type) {
    case "refused":
    case "opening":
    case "opened":
      return null;
    case "not-opened":
      return { error: event.error.detail ?? event.error.code };
    case "ended":
      return { error: event.end.type === "failed" ? event.end.error.code : null };
  }
}
