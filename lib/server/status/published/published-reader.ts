import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Database } from "../../db/open-database.ts";
import { log } from "../../log.ts";
import type { Published } from "./document.ts";
import { parseDocument } from "./document.ts";

export type ReaderOptions = {
  db: Database;
  /** Where the last document is kept for a start without a database; null for nowhere. */
  copy: string | null;
};

/** How often the table is read, in ms. */
const readMs = 2_000;
/** The copy knows when the document was last checked, to so many ms. */
const copyMs = 30_000;

/** The published document, in memory: whoever asks is answered from here, whether or not the database is there. */
export class PublishedReader {
  private readonly options: ReaderOptions;
  private known: Published | null = null;
  private text = "";
  private copied = 0;
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> | null = null;
  private troubled = false;

  constructor(options: ReaderOptions) {
    this.options = options;
    this.known = this.fromCopy();
  }

  /** Null until something was published. The same object for as long as nothing changed. */
  get published(): Published | null {
    return this.known;
  }

  start(): void {
    this.timer = setInterval(() => void this.read(), readMs);
    void this.read();
  }

  /** Reads the table once; never throws. Calls at the same time share one reading. */
  async read(): Promise<void> {
    this.reading ??= this.take().finally(() => (this.reading = null));
    await this.reading;
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.reading;
  }

  private async take(): Promise<void> {
    try {
      const row = await this.options.db
        .selectFrom("status_published")
        .select(["document", "checked"])
        .executeTakeFirst();
      this.troubled = false;
      if (!row || (row.checked === this.known?.checked && row.document === this.text)) return;
      // What was checked anew need not be parsed anew.
      const status = this.known && row.document === this.text ? this.known.status : parseDocument(row.document);
      const changed = row.document !== this.text || row.checked - this.copied > copyMs;
      this.text = row.document;
      this.known = { status, checked: row.checked };
      if (changed) this.keepCopy();
    } catch (thrown) {
      if (!this.troubled) log.warn("status.read-failed", { message: String(thrown) });
      this.troubled = true;
    }
  }

  private fromCopy(): Published | null {
    if (this.options.copy === null) return null;
    try {
      const { checked, document }: { checked?: unknown; document?: unknown } = JSON.parse(
        readFileSync(this.options.copy, "utf8"),
      );
      if (typeof checked !== "number" || typeof document !== "string") return null;
      return { checked, status: parseDocument(document) };
    } catch {
      return null;
    }
  }

  private keepCopy(): void {
    const { copy } = this.options;
    if (copy === null || !this.known) return;
    this.copied = this.known.checked;
    try {
      mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
      writeFileSync(`${copy}.new`, JSON.stringify({ checked: this.known.checked, document: this.text }));
      renameSync(`${copy}.new`, copy);
    } catch (thrown) {
      log.warn("status.copy-failed", { message: String(thrown) });
    }
  }
}
