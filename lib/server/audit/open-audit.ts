import type { Person } from "../access/person.ts";
import { hasRole } from "../access/person.ts";
import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import type { AuditDoor } from "./audit-door.ts";
import { readRows, readWords } from "./read-rows.ts";
import { csvHead, csvLine, jsonLine } from "./export-rows.ts";

/** Rows read at a time for an export. */
const exportStep = 500;

/** The door to the audit log. Rows are read here and nowhere taken away. */
export function openAudit(db: Database): AuditDoor {
  const own = (person: Person) => (hasRole(person, "operator") ? null : person.account);
  return {
    async page(person, question) {
      // One more than asked for tells whether there is a next page.
      const found = await read(() => readRows(db, own(person), { ...question, count: question.count + 1 }));
      const rows = found.slice(0, question.count);
      const next = found.length > rows.length ? (rows.at(-1)?.id ?? null) : null;
      return { rows, next, sees: own(person) === null ? "all" : "own" };
    },
    async *export(person, question, format) {
      if (format === "csv") yield csvHead;
      const print = format === "csv" ? csvLine : jsonLine;
      for (let before = question.before; ;) {
        const rows = await read(() => readRows(db, own(person), { ...question, before, count: exportStep }));
        if (rows.length > 0) yield rows.map(print).join("");
        if (rows.length < exportStep) return;
        before = rows.at(-1)?.id;
      }
    },
    async words(person) {
      return await read(() => readWords(db, own(person)));
    },
  };
}

async function read<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StowageError("database-failed", undefined, { cause });
  }
}
