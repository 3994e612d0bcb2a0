import type { AuditLog } from "../audit/audit-log.ts";
import type { Config } from "../config/parse-config.ts";
import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { AccessDoor, RequestHeaders } from "./access-door.ts";
import { Attempts } from "./attempts.ts";
import { bearerOf, sameSecret } from "./bearer.ts";
import { guardTokens } from "./guarded-tokens.ts";
import { hashOf } from "./hash-of.ts";
import { Links } from "./links.ts";
import { ownAccount } from "./own-account.ts";
import { needArgon2 } from "./password.ts";
import { peopleAdmin, setupPath } from "./people-admin.ts";
import type { Standing } from "./people.ts";
import { People } from "./people.ts";
import type { Person } from "./person.ts";
import { Sealer } from "./sealer.ts";
import { secretKey } from "./secret-key.ts";
import { SessionCookie } from "./session-cookie.ts";
import { Sessions } from "./sessions.ts";
import { signIns } from "./sign-ins.ts";
import type { HeldTokens, Session } from "./team-sessions.ts";
import { TeamSessions } from "./team-sessions.ts";
import { identityOfToken } from "./token-identity.ts";

/** Who somebody is, and whether they still are: one for each face. */
export type Access = {
  readonly door: AccessDoor;
  /** By session cookie or bearer token; null is nobody. Throws `database-failed`, `source-unreachable`. */
  person(headers: RequestHeaders): Promise<Person | null>;
  /** Whether what opened a socket still lets it be open. */
  stands(headers: RequestHeaders, person: Person): Promise<boolean>;
  /** The same by what is known without asking, which is asked for then. */
  standsNow(headers: RequestHeaders, person: Person): boolean;
  /** The Set-Cookie header for whoever came by the local face's launch link. */
  enter(): string;
  /** Where the first admin chooses a password, while there is none; null otherwise. */
  setupPath(): Promise<string | null>;
};

export type AccessOptions = {
  config: Config;
  port: number;
  db: Database;
  /** As openDatabase took it. */
  database: string;
  audit: AuditLog;
  sources: readonly ClusterSource[];
  /** Slugs of the sources that know no people: whoever is signed in reads them, and roles say who may change something. */
  engines: ReadonlySet<string>;
  /** The one person of the local face. */
  localPerson: Person;
  /** Called when sessions have ended here, for what is open by them. */
  ended: () => void;
};

/** An open socket asks for itself every few seconds; a word this old, in ms, is new enough for it. */
const socketMs = 800;

/** Puts the way in together. Throws ConfigError for a team face without a key or without Argon2. */
export function openAccess(options: AccessOptions): Access {
  return options.config.face === "local" ? localAccess(options) : teamAccess(options);
}

function localAccess({ config, port, localPerson, ended }: AccessOptions): Access {
  const sessions = new Sessions(port);
  const none = (): Promise<never> => Promise.reject(new StowageError("bad-request", "the local face has no sign-in"));
  return {
    door: {
      signOut({ cookie }) {
        const setCookie = sessions.close(cookie);
        ended();
        return Promise.resolve({ setCookie });
      },
      signIn: none,
      useLink: none,
      link: none,
      account: none,
      attachToken: none,
      detachToken: none,
      changePassword: none,
      endSession: none,
      endSessions: none,
      people: none,
      invite: none,
      newLink: none,
      setRole: none,
      setDisabled: none,
      endSessionsOf: none,
    },
    person({ cookie, authorization, address }) {
      const token = bearerOf(authorization);
      const known = token === null ? sessions.find(cookie) !== null : isOwnToken(token, config.token);
      return Promise.resolve(known ? { ...localPerson, address: address ?? "" } : null);
    },
    stands: ({ cookie, authorization }) =>
      Promise.resolve(bearerOf(authorization) !== null || sessions.find(cookie) !== null),
    standsNow: ({ cookie, authorization }) => bearerOf(authorization) !== null || sessions.find(cookie) !== null,
    enter: () => sessions.open(localPerson),
    setupPath: () => Promise.resolve(null),
  };
}

function isOwnToken(token: string, own: string | null): boolean {
  return own !== null && sameSecret(token, own);
}

function teamAccess({ config, port, db, database, audit, sources, engines, ended }: AccessOptions): Access {
  needArgon2();
  const cookie = new SessionCookie(port);
  const sealer = new Sealer(secretKey(config.secretKey, database));
  const people = new People(db, config.admins);
  const sessions = new TeamSessions({ db, sealer, cookie, ended });
  const links = new Links(db);
  const parts = { people, sessions, links, attempts: new Attempts(), audit, cookie, sources, now: Date.now };
  const identities = guardTokens((token) => identityOfToken(token, sources));

  async function byBearer(token: string, address: string): Promise<Person | null> {
    const identity = await identities(token, address);
    if (!identity) return null;
    const standing = await people.arrive(identity.name);
    if (standing.disabled) return null;
    people.seen(standing);
    return {
      ...shared(standing, address),
      get role() {
        return (people.lastKnown(standing.account) ?? standing).role;
      },
      id: `token:${hashOf(token)}`,
      session: null,
      credential: (source) =>
        engines.has(source) ? { type: "reader" } : identity.known.has(source) ? { type: "token", token } : null,
    };
  }

  async function bySession(session: Session, address: string): Promise<Person | null> {
    const standing = await people.standing(session.person);
    if (!standing || standing.disabled) return null;
    people.seen(standing);
    return {
      ...shared(standing, address),
      // An open socket keeps its person: what changes meanwhile is seen through these.
      get role() {
        return (people.lastKnown(standing.account) ?? standing).role;
      },
      get id() {
        return `${standing.account} ${fingerprint(session.tokens)}`;
      },
      session: session.id,
      credential(source) {
        if (engines.has(source)) return { type: "reader" };
        const held = Object.hasOwn(session.tokens, source) ? session.tokens[source] : undefined;
        return held ? { type: "token", token: held.token } : null;
      },
    };
  }

  return {
    door: { ...signIns(parts), ...ownAccount(parts), ...peopleAdmin(parts) },
    async person({ cookie: sent, authorization, address }) {
      const token = bearerOf(authorization);
      if (token !== null) return await byBearer(token, address ?? "");
      const session = await sessions.find(sent);
      return session && (await bySession(session, address ?? ""));
    },
    async stands({ cookie: sent, authorization }, person) {
      try {
        const standing = await people.standing(person.account);
        if (!standing || standing.disabled) return false;
        // A bearer token is asked about again with every scope; a session can be ended.
        if (bearerOf(authorization) !== null) return true;
        return (await sessions.find(sent, socketMs))?.id === person.session;
      } catch {
        // A database that does not answer for a minute.
        return false;
      }
    },
    standsNow({ cookie: sent, authorization }, person) {
      if (people.lastKnown(person.account)?.disabled) return false;
      if (bearerOf(authorization) !== null) return true;
      return sessions.sessionKnown(sent)?.id === person.session;
    },
    enter() {
      throw new StowageError("bad-request", "the team face has no launch link");
    },
    setupPath: async () => ((await people.hasAdmin()) ? null : setupPath(await links.make(null))),
  };
}

function shared({ account, name }: Standing, address: string) {
  return { account, name, address };
}

const fingerprints = new WeakMap<HeldTokens, string>();

/** The same for the same tokens, and tells nothing of them: scopes are known by it. */
function fingerprint(tokens: HeldTokens): string {
  let known = fingerprints.get(tokens);
  if (known === undefined) {
    const sorted = Object.entries(tokens).toSorted(([a], [b]) => (a < b ? -1 : 1));
    known = hashOf(JSON.stringify(sorted));
    fingerprints.set(tokens, known);
  }
  return known;
}
