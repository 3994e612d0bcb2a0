import { StowageError } from "../error.ts";
import { parseChallenge } from "./challenge.ts";
import type { Challenge } from "./challenge.ts";
import type { FindCredential, RegistryCredential } from "./credentials.ts";
import { exchange } from "./exchange.ts";
import type { Answered } from "./exchange.ts";

export type RegistryOptions = {
  /** As in a reference: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** Where it is asked, when that is not `https://HOST`: `http://10.0.0.5:5000`. Its scheme is the one that is spoken. */
  readonly address?: URL | null;
  readonly credential: FindCredential;
  /** Hosts beside the registry's own that a credential may be shown to when the registry names them as realm. */
  readonly realms: readonly string[];
  /** Whether it may be spoken to without TLS. This machine's own registries may always, as Docker has it. */
  readonly insecure: boolean;
  /** PEM of a further certificate authority. */
  readonly ca?: string;
  readonly now?: () => number;
};

export type Asked = {
  /** From the root: `/v2/…`, with its query. */
  readonly path: string;
  readonly method?: "GET" | "HEAD";
  readonly accept?: string;
  readonly maxBytes: number;
  /** What a token is asked for: `repository:a/b:pull`. */
  readonly scope: string | null;
  readonly signal?: AbortSignal;
};

/** Docker Hub's parts, which have three names. */
const hub = { api: "registry-1.docker.io", realm: "auth.docker.io" };
const maxRedirects = 3;
const maxTokenAnswer = 256 * 1024;
/** Tokens that do not say how long they live live for a minute, in s; none is used in its last ten seconds. */
const standardTokenSeconds = 60;
const tokenMarginMs = 10_000;
const maxTokens = 256;

/**
 * Requests to one registry, signed in as it asks. The credential goes to the registry's own host and to realms that are known to
 * belong to it, never to another host that an answer names: not by a redirect, not by a realm.
 */
export class RegistrySession {
  readonly host: string;
  private readonly options: RegistryOptions;
  private readonly now: () => number;
  private readonly tokens = new Map<string, { token: string; until: number }>();
  /** Learnt with the first answer: whether this registry of this machine speaks TLS. */
  private scheme: "https:" | "http:" | null = null;

  constructor(options: RegistryOptions) {
    this.options = options;
    this.host = options.host;
    this.now = options.now ?? Date.now;
    if (options.address) this.scheme = options.address.protocol === "http:" ? "http:" : "https:";
  }

  /**
   * The answer, whatever its status but 401, with redirects of GET followed. Throws `registry-login` when the registry refuses the
   * credential or wants one that is not there, `source-unreachable`, `too-large`, `source-refused` for what no registry should do.
   */
  async ask(asked: Asked): Promise<Answered> {
    const known = asked.scope === null ? undefined : this.tokens.get(asked.scope);
    const first = await this.send(asked, known && known.until > this.now() ? `Bearer ${known.token}` : null);
    if (first.status !== 401) return first;
    const challenge = parseChallenge(first.headers["www-authenticate"]);
    if (!challenge)
      throw new StowageError("registry-login", `${this.host} wants a sign-in of a sort that is not known`);
    const answer = await this.send(asked, await this.authorization(challenge, asked));
    if (answer.status === 401) throw new StowageError("registry-login", `${this.host} refused the credential`);
    return answer;
  }

  private async send(asked: Asked, authorization: string | null): Promise<Answered> {
    if (this.scheme !== null) return await this.sendBy(this.scheme, asked, authorization);
    const mayBePlain = this.options.insecure || isThisMachine(this.host);
    try {
      const answer = await this.sendBy("https:", asked, authorization);
      this.scheme = "https:";
      return answer;
    } catch (error) {
      if (!mayBePlain || asked.signal?.aborted) throw error;
      const answer = await this.sendBy("http:", asked, authorization);
      this.scheme = "http:";
      return answer;
    }
  }

  private async sendBy(scheme: "https:" | "http:", asked: Asked, authorization: string | null): Promise<Answered> {
    const { method = "GET", accept, maxBytes, signal } = asked;
    const origin = this.options.address ?? new URL(`${scheme}//${this.host === "docker.io" ? hub.api : this.host}`);
    let url = new URL(asked.path, origin);
    for (let redirects = 0; ; redirects += 1) {
      const headers: Record<string, string> = { "user-agent": "stowage" };
      if (accept !== undefined) headers["accept"] = accept;
      // Elsewhere a layer's address is signed by itself, and who is there is nobody whom the credential was meant for.
      if (authorization !== null && url.origin === origin.origin) headers["authorization"] = authorization;
      const answer = await exchange({ url, method, headers, maxBytes, signal, ca: this.options.ca });
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      if (redirects === maxRedirects) throw this.refused("redirects without end");
      const next = URL.parse(location, url);
      if (!next || (next.protocol !== "https:" && !(next.protocol === "http:" && scheme === "http:")))
        throw this.refused("redirects to an address that is not safe");
      url = next;
    }
  }

  private async authorization(challenge: Challenge, { scope, signal }: Asked): Promise<string> {
    const credential = await this.options.credential(this.host);
    if (challenge.scheme === "basic") {
      if (credential?.type !== "password")
        throw new StowageError("registry-login", `${this.host} wants a user name and a password`);
      return basic(credential);
    }
    const realm = this.realmOf(challenge.realm, credential !== null);
    const wanted = challenge.scope ?? scope;
    const query = { service: challenge.service, scope: wanted };
    const answer = await (credential?.type === "identity-token"
      ? exchange({
          url: realm,
          method: "POST",
          ...refreshForm(query, credential.token),
          maxBytes: maxTokenAnswer,
          signal,
          ca: this.options.ca,
        })
      : exchange({
          url: withQuery(realm, query),
          headers: credential ? { authorization: basic(credential) } : {},
          maxBytes: maxTokenAnswer,
          signal,
          ca: this.options.ca,
        }));
    if (answer.status !== 200)
      throw new StowageError("registry-login", `${realm.host} gave no token for ${this.host} (${answer.status})`);
    const { token, seconds } = readToken(answer.body);
    if (token === null) throw this.refused("answers a sign-in without a token");
    if (scope !== null) this.keep(scope, token, seconds);
    return `Bearer ${token}`;
  }

  /** The realm, when it may be asked: with a credential only one that belongs to the registry. */
  private realmOf(text: string, withCredential: boolean): URL {
    const realm = URL.parse(text);
    if (!realm || realm.username !== "" || realm.password !== "")
      throw this.refused("names a realm that is no address");
    if (realm.protocol !== "https:" && !(realm.protocol === "http:" && this.scheme === "http:"))
      throw this.refused("names a realm without TLS");
    const own =
      realm.host === this.host ||
      realm.host === this.options.address?.host ||
      (this.host === "docker.io" && realm.host === hub.realm);
    if (withCredential && !own && !this.options.realms.includes(realm.host)) {
      throw new StowageError(
        "source-refused",
        `${this.host} wants its credential shown to ${realm.host}. If that is right, name it under realms of ${this.host} in the file of --registries.`,
      );
    }
    return realm;
  }

  private keep(scope: string, token: string, seconds: number): void {
    this.tokens.delete(scope);
    this.tokens.set(scope, { token, until: this.now() + seconds * 1000 - tokenMarginMs });
    for (const oldest of this.tokens.keys()) {
      if (this.tokens.size <= maxTokens) break;
      this.tokens.delete(oldest);
    }
  }

  private refused(why: string): StowageError {
    return new StowageError("source-refused", `${this.host} ${why}`);
  }
}

function basic({ username, password }: Extract<RegistryCredential, { type: "password" }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

type TokenQuery = { service: string | null; scope: string | null };

function withQuery(realm: URL, { service, scope }: TokenQuery): URL {
  const url = new URL(realm);
  if (service !== null) url.searchParams.set("service", service);
  if (scope !== null) url.searchParams.set("scope", scope);
  return url;
}

function refreshForm({ service, scope }: TokenQuery, token: string) {
  const form = new URLSearchParams({ grant_type: "refresh_token", refresh_token: token, client_id: "stowage" });
  if (service !== null) form.set("service", service);
  if (scope !== null) form.set("scope", scope);
  return { headers: { "content-type": "application/x-www-form-urlencoded" }, body: form.toString() };
}

function readToken(body: Buffer): { token: string | null; seconds: number } {
  try {
    const json: { token?: unknown; access_token?: unknown; expires_in?: unknown } = JSON.parse(body.toString("utf8"));
    const token = typeof json.token === "string" ? json.token : json.access_token;
    const seconds = typeof json.expires_in === "number" ? json.expires_in : standardTokenSeconds;
    // What goes into a header is one line.
    return { token: typeof token === "string" && /^[\x21-\x7e]+$/.test(token) ? token : null, seconds };
  } catch {
    return { token: null, seconds: 0 };
  }
}

function isThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  return name === "localhost" || name === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(name);
}
