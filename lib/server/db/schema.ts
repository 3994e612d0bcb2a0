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
  status_components: StatusComponentsTable;
  status_intervals: StatusIntervalsTable;
  status_incidents: StatusIncidentsTable;
  status_updates: StatusUpdatesTable;
  status_maintenance: StatusMaintenanceTable;
  status_recorder: StatusRecorderTable;
  status_published: StatusPublishedTable;
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

/** Components that were made in the console; those of the YAML file are in no table. */
export type StatusComponentsTable = {
  id: string;
  /** JSON, as componentSchema reads it. */
  component: string;
  created: number;
};

/** What a component was told as and when. One row a component has no end: it goes on as long as the recorder lives. */
export type StatusIntervalsTable = {
  id: Generated<number>;
  component: string;
  state: string;
  began: number;
  ended: number | null;
};

export type StatusIncidentsTable = {
  id: string;
  /** draft, open, resolved or dropped; only open and resolved ones are public. */
  state: string;
  /** JSON: PublicWords. */
  title: string;
  /** JSON: ids of components. */
  components: string;
  /** The component by whose outage the recorder made the draft, null for one that a person began. */
  proposed: string | null;
  created: number;
  began: number;
  resolved: number | null;
};

export type StatusUpdatesTable = {
  id: Generated<number>;
  incident: string;
  at: number;
  phase: string;
  /** JSON: PublicWords. */
  text: string;
};

export type StatusMaintenanceTable = {
  id: string;
  title: string;
  text: string | null;
  components: string;
  starts: number;
  ends: number;
};

/** One row: which server records, until when it is to be left alone, and when it last did. */
export type StatusRecorderTable = { id: number; holder: string; expires: number; beat: number };

/** One row: all that the public pages read. `changed` is when the document did, `checked` when it was last known to be true. */
export type StatusPublishedTable = { id: number; document: string; changed: number; checked: number };
