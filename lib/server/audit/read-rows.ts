import type { SelectQueryBuilder } from "kysely";
import { sql } from "kysely";

import type { AuditQuestion, AuditRow } from "../../protocol/audit.ts";
import { auditOutcomes } from "../../protocol/audit.ts";
import type { Database } from "../db/open-database.ts";
import type { AuditTable, Schema } from "../db/schema.ts";

/** Choices of a filter that are offered, of each sort. */
const maxWords = 200;

type Rows<O> = SelectQueryBuilder<Schema, "audit", O>;

/** Rows that fit, newest first, at most `count`. `account` leaves somebody only their own. */
export async function readRows(db: Database, account: string | null, asked: AuditQuestion): Promise<AuditRow[]> {
  const rows = await fitting(db.selectFrom("audit").selectAll(), account, asked)
    .orderBy("id", "desc")
    .limit(asked.count)
    .execute();
  return rows.map(rowOf);
}

export async function readWords(db: Database, account: string | null) {
  const distinct = async (column: "verb" | "source" | "kind"): Promise<string[]> => {
    let rows = db.selectFrom("audit").select(column).distinct();
    if (account !== null) rows = rows.where("person", "=", account);
    const found = await rows.where(column, "is not", null).orderBy(column).limit(maxWords).execute();
    return found.flatMap((row) => row[column] ?? []);
  };
  return { verbs: await distinct("verb"), sources: await distinct("source"), kinds: await distinct("kind") };
}

function fitting<O>(rows: Rows<O>, account: string | null, asked: AuditQuestion): Rows<O> {
  let found = rows;
  if (account !== null) found = found.where("person", "=", account);
  if (asked.before !== undefined) found = found.where("id", "<", asked.before);
  for (const column of ["verb", "source", "kind", "path", "outcome"] as const) {
    const value = asked[column];
    if (value !== undefined) found = found.where(column, "=", value);
  }
  if (asked.from !== undefined) found = found.where("at", ">=", asked.from);
  if (asked.to !== undefined) found = found.where("at", "<", asked.to);
  if (asked.person !== undefined) found = found.where(holds(["person", "name"], asked.person));
  if (asked.q !== undefined) {
    found = found.where(
      holds(["person", "name", "address", "verb", "source", "kind", "path", "detail", "error"], asked.q),
    );
  }
  return found;
}

/** The same on both databases, of which one knows the case of ASCII only: beyond that a text is also found as it is written. */
function holds(columns: readonly (keyof AuditTable)[], text: string) {
  const escaped = text.replace(/[\\%_]/g, "\\$&");
  const [lower, asIs] = [`%${escaped.toLowerCase()}%`, `%${escaped}%`];
  const parts = columns.map((name) => {
    const column = sql.ref(name);
    return sql`lower(${column}) like ${lower} escape '\\' or ${column} like ${asIs} escape '\\'`;
  });
  return sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

function rowOf(row: Omit<AuditTable, "id"> & { id: number }): AuditRow {
  const outcome = auditOutcomes.find((known) => known === row.outcome) ?? "intent";
  return { ...row, outcome, detail: JSON.parse(row.detail) as Record<string, unknown> };
}
