import type { Intent } from "../audit/audit-log.ts";
import { StowageError } from "../error.ts";
import type { AccessDoor } from "./access-door.ts";
import type { AccessParts } from "./access-parts.ts";
import { nameOf, newLogin } from "./login.ts";
import { sessionView } from "./own-account.ts";
import { hasRole } from "./person.ts";
import type { Person } from "./person.ts";

type PeopleAdmin = Pick<AccessDoor, "people" | "invite" | "newLink" | "setRole" | "setDisabled" | "endSessionsOf">;

/** Whoever used a session in this time is on now, in ms: an open page counts as use. */
const onMs = 2 * 60_000;

/** What admins do with people. */
export function peopleAdmin({ people, sessions, links, audit, now }: AccessParts): PeopleAdmin {
  /** Does it as an admin, or writes down that somebody else wanted to. */
  async function asAdmin<T>(person: Person, intent: Intent, act: () => Promise<T>): Promise<T> {
    if (hasRole(person, "admin")) return await audit.during(person, intent, act);
    await audit.refused(person, intent, "not an admin");
    throw new StowageError("forbidden");
  }

  return {
    async people(person) {
      if (!hasRole(person, "admin")) throw new StowageError("forbidden");
      const [everybody, open] = await Promise.all([people.list(), sessions.list(null)]);
      return everybody.map(({ hasPassword, seen, ...rest }) => {
        const own = open.filter((session) => session.person === rest.account);
        return {
          ...rest,
          waiting: rest.login !== null && !hasPassword,
          on: own.some(({ used }) => used + onMs > now()),
          seen: seen === null ? null : seen / 1000,
          self: rest.account === person.account,
          sessions: own.map((facts) => sessionView(facts, person)),
        };
      });
    },
    async invite(person, { login: typed, name: called, role }) {
      const login = newLogin(typed);
      const name = nameOf(called, login);
      const detail = { account: `local:${login}`, name, role };
      return await asAdmin(person, { verb: "person.invite", detail }, async () => {
        const account = await people.add(login, name, role, null);
        return { path: setupPath(await links.make(account)) };
      });
    },
    async newLink(person, account) {
      return await asAdmin(person, { verb: "person.link", detail: { account } }, async () => {
        const standing = await people.standing(account);
        if (!standing || standing.login === null || standing.disabled) throw new StowageError("not-found", account);
        return { path: setupPath(await links.make(account)) };
      });
    },
    async setRole(person, account, role) {
      await asAdmin(person, { verb: "person.role", detail: { account, role } }, () => people.setRole(account, role));
    },
    async setDisabled(person, account, disabled) {
      const verb = disabled ? "person.disable" : "person.enable";
      await asAdmin(person, { verb, detail: { account } }, async () => {
        await people.setDisabled(account, disabled);
        if (disabled) await sessions.endAll(account);
      });
    },
    async endSessionsOf(person, account, session) {
      const detail = { account, session: session ?? "all" };
      await asAdmin(person, { verb: "session.end", detail }, async () => {
        if (session === null) await sessions.endAll(account);
        else await sessions.end(session, account);
      });
    },
  };
}

export function setupPath(secret: string): string {
  return `/setup?link=${secret}`;
}
