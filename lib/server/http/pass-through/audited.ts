import type { Person } from "../../access/person.ts";
import type { AuditLog, Intent, Outcome } from "../../audit/audit-log.ts";
import type { KubeResponse } from "../../sources/kubernetes/transport.ts";
import { messageOf } from "./kube-status.ts";

type Facts = Readonly<Record<string, unknown>>;

/** Says how it ended; once. */
export type Ending = {
  /** The API server answered with this head, and with this text where it refused. */
  answered(answer: Pick<KubeResponse, "status" | "headers">, text: string): Promise<void>;
  /** A tunnel was open for so many seconds. */
  closed(seconds: number): Promise<void>;
  /** There was no answer. */
  failed(thrown: unknown): Promise<void>;
};

/** Writes the intent, if there is one, before anything is done. Throws `audit-failed`, and then nothing may be done. */
export async function audited(audit: AuditLog, person: Person, intent: Intent | null): Promise<Ending> {
  if (intent === null) return unwritten;
  const id = await audit.begin(person, intent);
  const end = (outcome: Outcome, error: string | null, facts: Facts) =>
    audit.end(id, outcome, error, { ...intent.detail, ...facts });
  return {
    answered: (answer, text) => end(outcomeOf(answer.status), failureOf(answer.status, text), factsOf(answer)),
    closed: (seconds) => end("done", null, { status: 101, seconds }),
    failed: (thrown) => end("failed", thrown instanceof Error ? thrown.message : String(thrown), {}),
  };
}

const unwritten: Ending = { answered: async () => {}, closed: async () => {}, failed: async () => {} };

function outcomeOf(status: number): Outcome {
  if (status < 400) return "done";
  return status === 401 || status === 403 ? "refused" : "failed";
}

function failureOf(status: number, text: string): string | null {
  if (status < 400) return null;
  const message = messageOf(text);
  return message === "" ? `HTTP ${status}` : `HTTP ${status}: ${message}`;
}

/** The status of an answer, and by which name the API server's own audit log has it. */
function factsOf({ status, headers }: Pick<KubeResponse, "status" | "headers">): Facts {
  const auditId = headers["audit-id"];
  return { status, ...(auditId === undefined ? {} : { auditId }) };
}
