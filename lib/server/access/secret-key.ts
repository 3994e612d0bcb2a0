import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ConfigError } from "../config/parse-config.ts";
import { log } from "../log.ts";

/**
 * What people's tokens are sealed with: the configured key, else that of the file `secret.key` beside a SQLite database, which is
 * made when it is not there. A database in memory gets a key that is forgotten with it. Throws ConfigError for a PostgreSQL
 * without a key, which several servers share while a file would be of one of them.
 */
export function secretKey(configured: string | null, database: string): string {
  if (configured !== null) return configured;
  if (!database.startsWith("sqlite:")) {
    throw new ConfigError(
      "The team face with PostgreSQL needs a key, by which people's tokens are sealed in the database: set STOWAGE_SECRET_KEY " +
        "or STOWAGE_SECRET_KEY_FILE, to the same for every server of this database (for example from: openssl rand -base64 32).",
    );
  }
  const path = database.slice("sqlite:".length);
  return path === ":memory:" ? fresh() : keyFile(join(dirname(path), "secret.key"));
}

function keyFile(file: string): string {
  try {
    const found = read(file);
    if (found !== null) return found;
    // Linked when it is whole: of two servers that start at once one makes the key and both read it.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${fresh()}\n`, { mode: 0o600, flag: "wx", flush: true });
    try {
      linkSync(draft, file);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    } finally {
      unlinkSync(draft);
    }
    return read(file) ?? fresh();
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`The key file ${file} cannot be used: ${cause instanceof Error ? cause.message : ""}`);
  }
}

function read(file: string): string | null {
  const info = statSync(file, { throwIfNoEntry: false });
  if (!info) return null;
  if ((info.mode & 0o077) !== 0) log.warn("secret-key.readable-by-others", { file });
  const text = readFileSync(file, "utf8").trim();
  if (text.length < 32) throw new ConfigError(`The key file ${file} holds no key of 32 characters or more.`);
  return text;
}

function fresh(): string {
  return randomBytes(32).toString("base64url");
}
