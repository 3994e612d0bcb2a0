import type { Kysely } from "kysely";
import { sql } from "kysely";

/** Who did what. Rows are added and ended, and nothing here takes one away. */
export async function audit(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("id", isPostgres ? "bigserial" : "integer", (column) =>
      // Without AUTOINCREMENT SQLite gives the number of a row that was cut off to the next one.
      isPostgres ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("session", "text")
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("verb", "text", (column) => column.notNull())
    .addColumn("source", "text")
    .addColumn("kind", "text")
    .addColumn("path", "text")
    .addColumn("detail", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) =>
      column.notNull().check(sql`outcome in ('intent', 'done', 'failed', 'refused')`),
    )
    .addColumn("error", "text")
    .addColumn("ended", "bigint")
    .execute();
  await db.schema.createIndex("audit_person").on("audit").columns(["person", "id"]).execute();
  await db.schema.createIndex("audit_object").on("audit").columns(["source", "kind", "path", "id"]).execute();
}
