import { DatabaseSync } from "node:sqlite";

/** A row of the audit log as the database holds it. */
export type AuditRow = {
  id: number;
  person: string;
  verb: string;
  source: string | null;
  kind: string | null;
  path: string | null;
  detail: string;
  outcome: string;
  error: string | null;
};

/** Those rows of a running server's audit log that fit a condition in SQL, read beside the server. */
export class AuditRows {
  private readonly database: string;
  private readonly condition: string;

  constructor(database: string, condition: string) {
    this.database = database;
    this.condition = condition;
  }

  /** Rows written since a number, oldest first. */
  since(id: number): AuditRow[] {
    const database = new DatabaseSync(this.database, { readOnly: true });
    try {
      return database
        .prepare(`select * from audit where id > ? and ${this.condition} order by id`)
        .all(id) as AuditRow[];
    } finally {
      database.close();
    }
  }

  /** Does something and gives the rows that it left. */
  async leftBy<T>(work: () => Promise<T>): Promise<{ value: T; rows: AuditRow[] }> {
    const before = this.since(0).at(-1)?.id ?? 0;
    const value = await work();
    return { value, rows: this.since(before) };
  }
}
