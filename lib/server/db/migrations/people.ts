import type { Kysely } from "kysely";

/** Who may sign in, who is signed in, and the links that set a password. */
export async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("people")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("login", "text", (column) => column.unique())
    .addColumn("password", "text")
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("seen", "bigint")
    .addColumn("disabled", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable("sessions")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("secret", "text", (column) => column.notNull().unique())
    .addColumn("person", "text", (column) => column.notNull().references("people.id").onDelete("cascade"))
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("agent", "text", (column) => column.notNull())
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("used", "bigint", (column) => column.notNull())
    .addColumn("tokens", "text")
    .execute();
  await db.schema.createIndex("sessions_person").on("sessions").column("person").execute();
  await db.schema
    .createTable("links")
    .addColumn("secret", "text", (column) => column.primaryKey())
    .addColumn("person", "text", (column) => column.references("people.id").onDelete("cascade"))
    .addColumn("created", "bigint", (column) => column.notNull())
    .addColumn("expires", "bigint", (column) => column.notNull())
    .execute();
}
