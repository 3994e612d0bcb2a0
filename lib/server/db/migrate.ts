import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";

import { audit } from "./migrations/audit.ts";
import { people } from "./migrations/people.ts";
import { status } from "./migrations/status.ts";

/** In the order in which they are applied. What is here once stays as it is: a change is a new entry. */
const migrations: readonly [name: string, (db: Kysely<unknown>, isPostgres: boolean) => Promise<void>][] = [
  ["001-people", people],
  ["002-audit", audit],
  ["003-status", status],
];

const attempts = 5;
/** Time for the other server to have finished, in ms, and so much longer with each attempt. */
const betweenMs = 100;

/** Brings the tables up to date. Two servers that start at once wait for each other. Throws what the database said. */
export async function migrate<T>(db: Kysely<T>, isPostgres: boolean): Promise<void> {
  const entries = migrations.map(([name, up]) => [name, { up: (on: Kysely<unknown>) => up(on, isPostgres) }] as const);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(entries)) },
  });
  for (let attempt = 1; ; attempt += 1) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    // SQLite has no lock for this: of two servers that start at once one finds tables that the other just made, and undoes its own.
    if (isPostgres || attempt === attempts)
      throw error instanceof Error ? error : new Error("the tables cannot be brought up to date", { cause: error });
    await new Promise((resolve) => setTimeout(resolve, attempt * betweenMs));
  }
}
