import type { AuditPage, AuditQuestion } from "../../protocol/audit.ts";
import type { Person } from "../access/person.ts";

export type ExportFormat = "csv" | "jsonl";

/** What pages and scripts may read of the audit log: everything for operators and admins, their own rows for everybody else. */
export type AuditDoor = {
  /** Throws `database-failed`. */
  page(person: Person, question: AuditQuestion): Promise<AuditPage>;
  /** All rows that fit, newest first, as text in pieces: read as it is taken, whatever the size. Throws `database-failed`. */
  export(person: Person, question: AuditQuestion, format: ExportFormat): AsyncIterable<string>;
  /** Verbs, sources and kinds that occur, for the choices of a filter. Throws `database-failed`. */
  words(person: Person): Promise<{ verbs: string[]; sources: string[]; kinds: string[] }>;
};
