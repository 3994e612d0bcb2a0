/** The team's roles, as access/person.ts has them. */
export type RoleName = "viewer" | "operator" | "admin";

/** A session as people see it. Moments are seconds since the epoch. */
export type SessionView = {
  id: string;
  address: string;
  /** The browser's User-Agent. */
  agent: string;
  created: number;
  used: number;
  /** The one that asks. */
  current: boolean;
};

/** A cluster of which the session holds a token: whom it belongs to there, and what the cluster says of it now. */
export type HeldTokenView = { source: string; title: string; as: string; state: "known" | "refused" | "silent" };

export type AccountView = {
  account: string;
  name: string;
  /** What a local user signs in with; null for everybody else, who have no password here. */
  login: string | null;
  role: RoleName;
  tokens: HeldTokenView[];
  sessions: SessionView[];
};

export type PersonView = {
  account: string;
  name: string;
  login: string | null;
  role: RoleName;
  /** An admin by the configuration: the role cannot be changed here. */
  configured: boolean;
  disabled: boolean;
  /** Invited, and has not chosen a password yet. */
  waiting: boolean;
  /** Signed in, and used in the last two minutes. */
  on: boolean;
  seen: number | null;
  /** The one who asks. */
  self: boolean;
  sessions: SessionView[];
};
