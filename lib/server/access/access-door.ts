import type { AccountView, PersonView, RoleName } from "../../protocol/account.ts";
import type { Person } from "./person.ts";

/** What a request says of where it comes from. */
export type RequestHeaders = {
  readonly cookie: string | null;
  readonly authorization: string | null;
  /** The peer's IP address as the process found it; null where nobody could tell. */
  readonly address?: string | null;
};

/** Somebody who wants to come in. */
export type Visitor = {
  readonly cookie: string | null;
  readonly address: string;
  /** The browser's User-Agent. */
  readonly agent: string;
  /** Whether a secure cookie can travel: HTTPS, or a loopback name. */
  readonly secure: boolean;
};

export type SignInWay =
  | { readonly type: "token"; readonly token: string }
  | { readonly type: "password"; readonly login: string; readonly password: string };

/**
 * People, their sign-ins and their sessions: what the pages of the team face ask. Each call authorises for itself and writes down
 * what it does. In the local face every call throws `bad-request`. All of them may throw `database-failed` and, before anything
 * is changed, `audit-failed`.
 */
export type AccessDoor = {
  /** Throws `https-needed`, `limited`, `wrong-password`, `token-unknown`, `forbidden` (disabled), `source-unreachable`. */
  signIn(way: SignInWay, visitor: Visitor): Promise<{ setCookie: string }>;
  /** Ends the session of the cookie, if there is one, and gives the header that clears it. */
  signOut(visitor: Visitor): Promise<{ setCookie: string }>;
  /** Whose link this is: `login` is null where the first admin chooses one. null for a link that does not work (any more). */
  link(secret: string): Promise<{ login: string | null; name: string } | null>;
  /** Sets the password of whose link it is and signs them in. Throws `link-spent`, `invalid`, `weak-password`, `login-taken`. */
  useLink(
    secret: string,
    chosen: { login: string; name: string; password: string },
    visitor: Visitor,
  ): Promise<{ setCookie: string }>;

  account(person: Person): Promise<AccountView>;
  /** Tries a token on every cluster and keeps it in this session for those that know it. Throws `token-unknown`, `limited`. */
  attachToken(person: Person, token: string): Promise<void>;
  detachToken(person: Person, source: string): Promise<void>;
  /** Ends the person's other sessions. Throws `wrong-password`, `weak-password`, `limited`. */
  changePassword(person: Person, current: string, next: string): Promise<void>;
  /** Throws `not-found` for a session that is not theirs. */
  endSession(person: Person, session: string): Promise<void>;
  /** `others` spares the session that asks. */
  endSessions(person: Person, which: "others" | "all"): Promise<void>;

  /** For admins, as everything below: they throw `forbidden` for everybody else. */
  people(person: Person): Promise<PersonView[]>;
  /** Enters a local user and gives the path of the link by which they choose a password. Throws `invalid`, `login-taken`. */
  invite(person: Person, who: { login: string; name: string; role: RoleName }): Promise<{ path: string }>;
  /** Another link for a local user who lost theirs, or the password. Throws `not-found`. */
  newLink(person: Person, account: string): Promise<{ path: string }>;
  /** Throws `not-found`, `last-admin`. */
  setRole(person: Person, account: string, role: RoleName): Promise<void>;
  /** Disabling ends the person's sessions. Throws `not-found`, `last-admin`. */
  setDisabled(person: Person, account: string, disabled: boolean): Promise<void>;
  /** Ends one session of somebody, or all of them. */
  endSessionsOf(person: Person, account: string, session: string | null): Promise<void>;
};
