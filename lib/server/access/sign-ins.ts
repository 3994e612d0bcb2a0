import type { Actor, Intent } from "../audit/audit-log.ts";
import { isStowageError, StowageError } from "../error.ts";
import { log } from "../log.ts";
import type { AccessDoor, SignInWay, Visitor } from "./access-door.ts";
import type { AccessParts } from "./access-parts.ts";
import { Limited } from "./attempts.ts";
import { loginOf, nameOf, newLogin } from "./login.ts";
import { checkPassword, hashPassword, isOutdated, isPassword } from "./password.ts";
import type { HeldTokens } from "./team-sessions.ts";
import { TeamSessions } from "./team-sessions.ts";
import { identityOfToken } from "./token-identity.ts";

type Arrival = { account: string; name: string; by: "password" | "token" | "link"; tokens: HeldTokens };

/** The ways in and out of the team face. */
export function signIns(parts: AccessParts): Pick<AccessDoor, "signIn" | "signOut" | "link" | "useLink"> {
  const { people, sessions, links, attempts, audit, cookie, sources } = parts;

  /** Counts an attempt; what is over the limit is written down once. */
  async function attempt(login: string | null, visitor: Visitor, verb: string) {
    if (!visitor.secure) throw new StowageError("https-needed");
    try {
      return attempts.begin(login, visitor.address);
    } catch (thrown) {
      if (thrown instanceof Limited && thrown.first) await refuse(nobody(visitor), { verb }, "too many attempts");
      throw thrown;
    }
  }

  async function refuse(actor: Actor, intent: Intent, why: string): Promise<void> {
    log.info("sign-in.refused", { account: actor.account, address: actor.address, why });
    await audit.refused(actor, intent, why);
  }

  /** A new session, under a new secret, in the place of one that this browser may have. */
  async function enter({ account, name, by, tokens }: Arrival, visitor: Visitor) {
    const id = TeamSessions.newId();
    const actor = { account, name, session: id, address: visitor.address };
    const before = await sessions.find(visitor.cookie);
    const opened = await audit.during(actor, { verb: "sign-in", detail: { by, sources: Object.keys(tokens) } }, () =>
      sessions.open(id, account, tokens, visitor),
    );
    if (before) await sessions.end(before.id, before.person).catch(ignoreGone);
    const standing = await people.standing(account);
    if (standing) people.seen(standing);
    log.info("sign-in.ok", { account, by });
    return { id, setCookie: opened.setCookie };
  }

  async function byPassword(typed: string, password: string, visitor: Visitor) {
    const login = loginOf(typed);
    const counted = await attempt(login, visitor, "sign-in");
    const found = await people.byLogin(login);
    const right = await isPassword(password, found?.password ?? null);
    if (!found || !right || found.password === null) {
      // An unknown login is not written down: people type passwords into the wrong field.
      const actor = found ? { ...found, session: null, address: visitor.address } : nobody(visitor);
      await refuse(actor, { verb: "sign-in", detail: { by: "password" } }, found ? "wrong password" : "unknown login");
      throw new StowageError("wrong-password");
    }
    counted.succeeded();
    if (isOutdated(found.password)) await people.setPassword(found.account, await hashPassword(password));
    return await enter({ ...found, by: "password", tokens: {} }, visitor);
  }

  async function byToken(token: string, visitor: Visitor) {
    const counted = await attempt(null, visitor, "sign-in");
    const identity = await identityOfToken(token, sources).catch((thrown: unknown) => {
      // Nobody could be asked: that was no wrong token.
      counted.succeeded();
      throw thrown;
    });
    if (!identity) {
      await refuse(nobody(visitor), { verb: "sign-in", detail: { by: "token" } }, "no cluster knows the token");
      throw new StowageError("token-unknown");
    }
    counted.succeeded();
    const { account, name, disabled } = await people.arrive(identity.name);
    if (disabled) {
      const actor = { account, name, session: null, address: visitor.address };
      await refuse(actor, { verb: "sign-in", detail: { by: "token" } }, "disabled");
      throw new StowageError("forbidden");
    }
    const inTime = heldFor(token, identity.known);
    const entered = await enter({ account, name, by: "token", tokens: inTime }, visitor);
    void identity.all.then(async () => {
      if (identity.known.size <= Object.keys(inTime).length) return;
      try {
        await sessions.hold(entered.id, (held) => ({ ...heldFor(token, identity.known), ...held }));
      } catch (cause) {
        log.warn("sign-in.late-source-failed", { message: String(cause) });
      }
    });
    return entered;
  }

  /** Makes the first admin, or sets the password of whom the link is for. */
  async function choose(secret: string, chosen: { login: string; name: string; password: string }, visitor: Visitor) {
    const link = await links.find(secret);
    const standing = link?.person ? await people.standing(link.person) : null;
    const isFor = standing?.login && !standing.disabled ? { ...standing, login: standing.login } : null;
    if (!link || (link.person !== null && !isFor)) {
      await refuse(nobody(visitor), { verb: "link.use" }, "no such link");
      throw new StowageError("link-spent");
    }
    const login = isFor?.login ?? newLogin(chosen.login);
    checkPassword(chosen.password, login);
    if (!isFor && (await people.standing(`local:${login}`))) throw new StowageError("login-taken");
    const account = isFor?.account ?? `local:${login}`;
    const name = isFor?.name ?? nameOf(chosen.name, login);
    const kept = await hashPassword(chosen.password);
    const actor = { account, name, session: null, address: visitor.address };
    await audit.during(actor, { verb: isFor ? "password.set" : "setup", detail: { by: "link" } }, async () => {
      await links.spend(secret);
      if (isFor) {
        await people.setPassword(account, kept);
        await sessions.endAll(account);
        return;
      }
      if (await people.hasAdmin()) throw new StowageError("link-spent");
      await people.add(login, name, "admin", kept);
    });
    return { account, name };
  }

  return {
    async signIn(way: SignInWay, visitor) {
      const { setCookie } =
        way.type === "token" ? await byToken(way.token, visitor) : await byPassword(way.login, way.password, visitor);
      return { setCookie };
    },
    async signOut(visitor) {
      const session = await sessions.find(visitor.cookie);
      if (session) {
        const name = (await people.standing(session.person))?.name ?? "";
        const actor = { account: session.person, name, session: session.id, address: visitor.address };
        const end = () => sessions.end(session.id, session.person).catch(ignoreGone);
        try {
          await audit.during(actor, { verb: "sign-out" }, end);
        } catch (thrown) {
          // Who wants to be out is out, also when that cannot be written down.
          if (!isStowageError(thrown) || thrown.code !== "audit-failed") throw thrown;
          await end();
        }
      }
      return { setCookie: cookie.clear };
    },
    async link(secret) {
      const link = await links.find(secret);
      if (!link) return null;
      if (link.person === null) return (await people.hasAdmin()) ? null : { login: null, name: "" };
      const standing = await people.standing(link.person);
      return standing && !standing.disabled ? { login: standing.login, name: standing.name } : null;
    },
    async useLink(secret, chosen, visitor) {
      const counted = await attempt(null, visitor, "link.use");
      const { account, name } = await choose(secret, chosen, visitor);
      counted.succeeded();
      const { setCookie } = await enter({ account, name, by: "link", tokens: {} }, visitor);
      return { setCookie };
    },
  };
}

/** Whoever is not known, as the audit log names them. */
function nobody({ address }: Visitor): Actor {
  return { account: "nobody", name: "", session: null, address };
}

export function heldFor(token: string, known: ReadonlyMap<string, string>): HeldTokens {
  return Object.fromEntries([...known].map(([source, name]) => [source, { token, name }]));
}

/** A session that somebody else ended meanwhile is as it should be. */
function ignoreGone(thrown: unknown): void {
  if (!isStowageError(thrown) || thrown.code !== "not-found") throw thrown;
}
