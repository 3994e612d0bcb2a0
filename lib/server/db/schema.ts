import type { Generated } from "kysely";

/**
 * The tables, as both databases hold them. Moments are milliseconds since the epoch, flags are 0 and 1, and everything structured is
 * JSON text: the two databases differ in all other ways of writing these down. Changed only by a new file in migrations/.
 */
export type Schema = {
  people: PeopleTable;
  sessions: SessionsTable;
  links: LinksTable;
  audit: AuditTable;
};

export type PeopleTable = {
  /** `local:…` for a local user, `kubernetes:NAME` for whoever a cluster says a token belongs to. */
  id: string;
  name: string;
  /** What a local user signs in with, in lower case; null for everybody else. */
  login: string | null;
  /** In PHC form; null until a local user has chosen a password, and for everybody else. */
  password: string | null;
  /** viewer, operator or admin. */
  role: string;
  created: number;
  /** When the person last did anything, kept to the minute. */
  seen: number | null;
  /** 1 for somebody who may no longer sign in. */
  disabled: number;
};

export type SessionsTable = {
  /** Names the session where people see it; it is no secret. */
  id: string;
  /** SHA-256 of what the cookie holds. */
  secret: string;
  person: string;
  address: string;
  /** The browser's User-Agent, cut short. */
  agent: string;
  created: number;
  used: number;
  /** Sealed: the person's Kubernetes tokens by source, readable with the installation's key only. */
  tokens: string | null;
};

/** Links that let somebody choose a password: the first admin's and those for invited people. */
export type LinksTable = {
  /** SHA-256 of what the link holds. */
  secret: string;
  /** Whose password it sets; null makes the first admin. */
  person: string | null;
  created: number;
  expires: number;
};

export type AuditTable = {
  id: Generated<number>;
  at: number;
  person: string;
  /** As it was then. */
  name: string;
  session: string | null;
  address: string;
  /** What was to be done: `scale`, `exec`, `sign-in`, `incident.publish` … */
  verb: string;
  source: string | null;
  kind: string | null;
  path: string | null;
  /** JSON: what was asked for, without secrets. */
  detail: string;
  /** `intent` until it ended, then `done`, `failed` or `refused`. */
  outcome: string;
  /** Why it failed or was refused. */
  error: string | null;
  ended: number | null;
};
