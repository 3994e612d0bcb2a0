import type { Person } from "../access/person.ts";
import { hasRole } from "../access/person.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import type { z } from "zod";
import type { Component, Part } from "./components/component.ts";

/** What the verbs of the status page stand on. */
export type StatusDoors = {
  db: Database;
  audit: Pick<AuditLog, "during" | "refused">;
  /** The components of the YAML file, which are changed there only. */
  fromFile: readonly Component[];
  /** Whether somebody's own right shows them what a part is made of. */
  maySee: (person: Person, part: Part) => Promise<boolean>;
  /** In ms since the epoch. */
  now: () => number;
};

/** One verb: authorises, parses what was sent, and does it between an intent and its outcome. */
export type StatusVerb = (doors: StatusDoors, person: Person, input: unknown) => Promise<unknown>;

/** Operators and admins write; everybody else is refused, which is written down. Throws `forbidden`. */
export async function authorize({ audit }: StatusDoors, person: Person, verb: string): Promise<void> {
  if (hasRole(person, "operator")) return;
  await audit.refused(person, { verb }, "needs the role operator");
  throw new StowageError("forbidden", "This needs the role operator.");
}

/** Throws `bad-request` that names each mistake. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  throw new StowageError("bad-request", told.join("\n"));
}
