import type { HeldTokenView, SessionView } from "../../protocol/account.ts";
import { isStowageError, StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { whoAmI } from "../sources/kubernetes/reviews.ts";
import type { AccessDoor } from "./access-door.ts";
import type { AccessParts } from "./access-parts.ts";
import { checkPassword, hashPassword, isPassword } from "./password.ts";
import type { Person } from "./person.ts";
import { heldFor } from "./sign-ins.ts";
import type { SessionFacts } from "./team-sessions.ts";
import { identityOfToken } from "./token-identity.ts";

type OwnAccount = Pick<
  AccessDoor,
  "account" | "attachToken" | "detachToken" | "changePassword" | "endSession" | "endSessions"
>;

/** A cluster that does not say in this time whom a token belongs to is told as silent, in ms. */
const askMs = 3_000;

/** What everybody may do with their own account. */
export function ownAccount({ people, sessions, attempts, audit, sources }: AccessParts): OwnAccount {
  return {
    async account(person) {
      const standing = await people.standing(person.account);
      const held = person.session === null ? {} : await sessions.held(person.session);
      const asking = Object.entries(held).flatMap(([slug, { token, name }]) => {
        const source = sources.find((each) => each.slug === slug);
        return source ? [stateOf(source, token, name)] : [];
      });
      const [tokens, own] = await Promise.all([Promise.all(asking), sessions.list(person.account)]);
      return {
        account: person.account,
        name: person.name,
        login: standing?.login ?? null,
        role: person.role,
        tokens: tokens.toSorted((a, b) => (a.title < b.title ? -1 : 1)),
        sessions: own.map((facts) => sessionView(facts, person)),
      };
    },
    async attachToken(person, token) {
      const session = sessionOf(person);
      const counted = attempts.begin(null, person.address);
      const identity = await identityOfToken(token, sources).catch((thrown: unknown) => {
        counted.succeeded();
        throw thrown;
      });
      if (!identity) {
        await audit.refused(person, { verb: "token.attach" }, "no cluster knows the token");
        throw new StowageError("token-unknown");
      }
      counted.succeeded();
      await identity.all;
      const known = Object.fromEntries(identity.known);
      await audit.during(person, { verb: "token.attach", detail: { known } }, () =>
        sessions.hold(session, (held) => ({ ...held, ...heldFor(token, identity.known) })),
      );
    },
    async detachToken(person, source) {
      const session = sessionOf(person);
      await audit.during(person, { verb: "token.detach", source }, () =>
        sessions.hold(session, (held) => Object.fromEntries(Object.entries(held).filter(([slug]) => slug !== source))),
      );
    },
    async changePassword(person, current, next) {
      const standing = await people.standing(person.account);
      if (!standing?.login) throw new StowageError("bad-request", "this account has no password");
      const { login } = standing;
      checkPassword(next, login);
      const counted = attempts.begin(login, person.address);
      if (!(await isPassword(current, await people.password(person.account)))) {
        await audit.refused(person, { verb: "password.change" }, "wrong password");
        throw new StowageError("wrong-password");
      }
      counted.succeeded();
      const kept = await hashPassword(next);
      await audit.during(person, { verb: "password.change" }, async () => {
        await people.setPassword(person.account, kept);
        await sessions.endAll(person.account, person.session);
      });
    },
    async endSession(person, session) {
      await audit.during(person, { verb: "session.end", detail: { session } }, () =>
        sessions.end(session, person.account),
      );
    },
    async endSessions(person, which) {
      await audit.during(person, { verb: "session.end", detail: { sessions: which } }, async () => {
        await sessions.endAll(person.account, which === "others" ? person.session : null);
      });
    },
  };
}

/** Tokens are kept by session: whoever sends their own with each request has none. */
function sessionOf({ session }: Person): string {
  if (session === null) throw new StowageError("bad-request", "tokens are kept by sessions, and this request has none");
  return session;
}

async function stateOf(source: ClusterSource, token: string, name: string): Promise<HeldTokenView> {
  const { slug, title } = source;
  try {
    const signal = AbortSignal.timeout(askMs);
    const { name: now } = await whoAmI(source, { type: "token", token }, { signal });
    return { source: slug, title, as: now, state: "known" };
  } catch (thrown) {
    const refused = isStowageError(thrown) && (thrown.code === "signed-out" || thrown.code === "forbidden");
    return { source: slug, title, as: name, state: refused ? "refused" : "silent" };
  }
}

export function sessionView({ id, address, agent, created, used }: SessionFacts, asks: Person): SessionView {
  return { id, address, agent, created: created / 1000, used: used / 1000, current: id === asks.session };
}
