import type { Kysely } from "kysely";
import { sql } from "kysely";

/** The status page: what it is made of, what was seen, what people wrote, and what the public is shown. */
export async function status(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema
    .createTable("status_components")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("component", "text", (column) => column.notNull())
    .addColumn("created", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("status_intervals")
    .addColumn("id", isPostgres ? "bigserial" : "integer", (column) =>
      isPostgres ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn("component", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("began", "bigint", (column) => column.notNull())
    .addColumn("ended", "bigint")
    .execute();
  await db.schema
    .createIndex("status_intervals_ended")
    .on("status_intervals")
    .columns(["component", "ended"])
    .execute();
  await db.schema
    .createTable("status_incidents")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('draft', 'open', 'resolved', 'dropped')`),
    )
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("components", "text", (column) => column.notNull())
    .addColumn("proposed", "text")
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("began", "bigint", (column) => column.notNull())
    .addColumn("resolved", "bigint")
    .execute();
  await db.schema
    .createTable("status_updates")
    .addColumn("id", isPostgres ? "bigserial" : "integer", (column) =>
      isPostgres ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn("incident", "text", (column) => column.notNull().references("status_incidents.id").onDelete("cascade"))
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("phase", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("status_updates_incident").on("status_updates").column("incident").execute();
  await db.schema
    .createTable("status_maintenance")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("text", "text")
    .addColumn("components", "text", (column) => column.notNull())
    .addColumn("starts", "bigint", (column) => column.notNull())
    .addColumn("ends", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("status_recorder")
    .addColumn("id", "integer", (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("holder", "text", (column) => column.notNull())
    .addColumn("expires", "bigint", (column) => column.notNull())
    .addColumn("beat", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("status_published")
    .addColumn("id", "integer", (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("changed", "bigint", (column) => column.notNull())
    .addColumn("checked", "bigint", (column) => column.notNull())
    .execute();
}
