import type { Kind, KubernetesApi } from "../../kinds/kind.ts";
import type { WireError } from "../../protocol/error.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";
import { wireErrorOf } from "../error.ts";
import type { Credential, Person } from "./person.ts";
import type { Scope } from "./scope.ts";
import { nothing } from "./scope.ts";

/** Asks the source itself, with that credential, whether it may list and watch; null namespace is all of them. */
export type AskSource = (
  source: string,
  credential: Credential,
  api: KubernetesApi,
  namespace: string | null,
) => Promise<boolean>;

export type ScopeResolverOptions = {
  ask: AskSource;
  /** Whether the source knows no rights of its own, as engines do not: whoever has a credential for it sees all of it. */
  isOpen?: (source: string) => boolean;
  /** Namespaces that are worth asking for one by one: those the cache knows, and the kubeconfig's own. */
  namespaces: (source: string) => readonly string[] | Promise<readonly string[]>;
  now?: () => number;
};

/** How long an answer that allows is believed, in ms: a right that is withdrawn closes what is open within 15 s. */
const allowedMs = 10_000;
/**
 * A namespace that was refused is asked for again with the next asking, or later, in ms, where there are so many that each asking
 * would be hundreds of requests.
 */
const refusedMs = { first: allowedMs, eachNamespace: 60, most: 60_000 };
/** Requests under way at once for one scope. */
const parallel = 16;
/** Scopes remembered; the oldest go first. */
const maxScopes = 10_000;
/** While a source does not answer, what it last said is believed this long, in ms, so that an outage shows stale rows, not none. */
const staleMs = 3_600_000;

type Known = { scope: Scope; until: number; refused: Map<string, number> };

/** `trouble` says why the source could not be asked; the scope is then what it last said, or nothing. */
export type ScopeAnswer = { scope: Scope; trouble: WireError | null };

/**
 * What a person may see of a kind in a source, by the source's own word (SelfSubjectAccessReview with the person's credential):
 * `list` and `watch` on all namespaces first, then namespace by namespace. Asked once at a time, believed for ten seconds.
 */
export class ScopeResolver {
  private readonly known = new Map<string, Known>();
  private readonly asking = new Map<string, Promise<Scope>>();
  /** Sources that could not be reached when they were last asked. */
  private readonly silent = new Map<string, WireError>();
  private readonly options: ScopeResolverOptions;
  private readonly now: () => number;

  constructor(options: ScopeResolverOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
  }

  /** Never rejects. A person's token that is no longer accepted sees nothing; the reader's own trouble is the source's. */
  async answer(person: Person, source: string, kind: Kind): Promise<ScopeAnswer> {
    try {
      return { scope: await this.scope(person, source, kind), trouble: null };
    } catch (thrown) {
      return this.inTrouble(person, source, kind, wireErrorOf(thrown));
    }
  }

  /** What can be said without waiting of a source that could not be reached when it was last asked; null for any other. */
  atOnce(person: Person, source: string, kind: Kind): ScopeAnswer | null {
    const trouble = this.silent.get(source);
    return trouble ? this.inTrouble(person, source, kind, trouble) : null;
  }

  private inTrouble(person: Person, source: string, kind: Kind, trouble: WireError): ScopeAnswer {
    const outage =
      trouble.code === "source-unreachable" || trouble.code === "busy" || trouble.code === "source-refused";
    const believed = outage || person.credential(source)?.type === "reader";
    const known = this.known.get(keyFor(person, source, kind));
    return { scope: believed && known && known.until + staleMs > this.now() ? known.scope : nothing, trouble };
  }

  /** Rejects when the source does not answer. */
  async scope(person: Person, source: string, kind: Kind): Promise<Scope> {
    const credential = person.credential(source);
    const { api } = kind;
    if (credential && this.options.isOpen?.(source)) return "all";
    if (!credential || !api) return nothing;
    const key = keyFor(person, source, kind);
    const known = this.known.get(key);
    if (known && known.until > this.now()) return known.scope;
    let asking = this.asking.get(key);
    if (!asking) {
      asking = this.ask(key, source, credential, api).finally(() => this.asking.delete(key));
      asking.then(
        () => this.silent.delete(source),
        (thrown: unknown) => {
          const trouble = wireErrorOf(thrown);
          if (trouble.code === "source-unreachable") this.silent.set(source, trouble);
        },
      );
      this.asking.set(key, asking);
    }
    return asking;
  }

  /** Forgets what is known of a person, when they sign out. */
  forget(person: string): void {
    for (const key of this.known.keys()) if (key.startsWith(`${person}\n`)) this.known.delete(key);
  }

  private async ask(key: string, source: string, credential: Credential, api: KubernetesApi): Promise<Scope> {
    const refused = new Map<string, number>();
    const scope = (await this.options.ask(source, credential, api, null))
      ? "all"
      : api.namespaced
        ? await this.askEach(source, credential, api, this.known.get(key)?.refused ?? new Map(), refused)
        : nothing;
    this.known.delete(key);
    this.known.set(key, { scope, until: this.now() + allowedMs, refused });
    if (this.known.size > maxScopes) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
    return scope;
  }

  private async askEach(
    source: string,
    credential: Credential,
    api: KubernetesApi,
    refusedBefore: ReadonlyMap<string, number>,
    refused: Map<string, number>,
  ): Promise<Scope> {
    const allowed = new Set<string>();
    const namespaces = [...new Set(await this.options.namespaces(source))];
    const again =
      this.now() + Math.min(refusedMs.most, Math.max(refusedMs.first, namespaces.length * refusedMs.eachNamespace));
    await eachOfFew(namespaces, parallel, async (namespace) => {
      const until = refusedBefore.get(namespace) ?? 0;
      if (until > this.now()) refused.set(namespace, until);
      else if (await this.options.ask(source, credential, api, namespace)) allowed.add(namespace);
      else refused.set(namespace, again);
    });
    return allowed;
  }
}

function keyFor(person: Person, source: string, kind: Kind): string {
  return `${person.id}\n${source}\n${kind.id}`;
}
