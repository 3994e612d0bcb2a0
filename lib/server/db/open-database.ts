import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import { Pool, types } from "pg";

import { StowageError } from "../error.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";
import { openSqliteFile } from "./sqlite-file.ts";

export type Database = Kysely<Schema>;

/** Connections to PostgreSQL at a time. */
const maxConnections = 8;
/** A database that does not answer in this time is down, in ms. */
const answerMs = 5_000;

// A 64-bit integer arrives as text unless it is told otherwise. Ours are moments and counts, below 2^53.
types.setTypeParser(types.builtins.INT8, Number);

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` and brings its tables up to date. The caller ends it with `destroy()`.
 * Throws `database-failed` with what to look at; a password in the address is not repeated.
 */
export async function openDatabase(address: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(address);
  const db = new Kysely<Schema>({ dialect: isPostgres ? postgres(address) : sqlite(address) });
  try {
    await migrate(db, isPostgres);
    return db;
  } catch (cause) {
    await db.destroy().catch(() => undefined);
    throw new StowageError("database-failed", `${nameOf(address)}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * The same database for whoever only reads: no table is made or changed. It is opened when it is first asked, and again after it
 * could not be, so that it may come later.
 */
export function openToRead(address: string): Database {
  const isPostgres = /^postgres(ql)?:\/\//.test(address);
  return new Kysely<Schema>({ dialect: isPostgres ? postgres(address, true) : sqlite(address, true) });
}

/** The address as it may be shown. */
function nameOf(address: string): string {
  return address.replace(/\/\/[^@/]*@/, "//").replace(/\?.*$/s, "");
}

function postgres(address: string, readOnly = false): PostgresDialect {
  const pool = new Pool({
    connectionString: address,
    max: maxConnections,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs * 2,
    ...(readOnly ? { options: "-c default_transaction_read_only=on" } : {}),
  });
  // A connection that is lost while nobody uses it: the next query opens another and tells.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}

function sqlite(address: string, readOnly = false): SqliteDialect {
  const path = address.replace(/^sqlite:/, "");
  return new SqliteDialect({ database: async () => openSqliteFile(path, { readOnly }) });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
