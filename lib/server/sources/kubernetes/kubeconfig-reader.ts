import { StowageError } from "../../error.ts";
import type { ClientCertificate } from "./client-certificate.ts";
import { clientCertificate } from "./client-certificate.ts";
import type { PluginCredentials, PluginOptions } from "./exec-plugin.ts";
import { runExecPlugin } from "./exec-plugin.ts";
import type { ExecEntry, UserEntry } from "./kubeconfig-schema.ts";
import type { Reader, ReaderIdentity } from "./reader.ts";
import { readReferenced } from "./referenced-file.ts";
import { TokenFile } from "./token-file.ts";

export type ReaderOptions = {
  readonly user: UserEntry;
  /** The user as the kubeconfig has it now, since people sign in anew by rewriting it; null when it is not there. */
  readonly reload?: () => Promise<UserEntry | null>;
  /** Whether programs named by the kubeconfig may be run: on a person's own machine, not on a server for others. */
  readonly allowExec: boolean;
  readonly plugin: Omit<PluginOptions, "exec">;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
};

type Secrets = { authorization: string | null; certificate: ClientCertificate | null };

const refreshEvery = 10_000;
// Certificate files are renewed in place; client-go looks again as often.
const certificateBelievedFor = 5 * 60_000;
// A page asks for many kinds at once, and a plugin may open a browser each time.
const failureBelievedFor = 5_000;
// A plugin's credentials are replaced before they expire under a request that is on its way.
const expiryMargin = 5_000;

/** The credentials of a kubeconfig's user, by kubectl's precedence: client certificate with token, token file or password, else the plugin. */
export function kubeconfigReader(options: ReaderOptions): Reader {
  const { now = Date.now } = options;
  let { user } = options;
  let secretsNow = secretsOf(options, now);
  let identity: { secrets: Secrets; identity: ReaderIdentity } | null = null;
  let refreshing: Promise<ReaderIdentity> | null = null;
  let refreshedAt = -Infinity;

  async function reload(): Promise<void> {
    const next = (await options.reload?.()) ?? user;
    if (JSON.stringify(next) === JSON.stringify(user)) return;
    user = next;
    secretsNow = secretsOf({ ...options, user }, now);
    identity = null;
  }

  async function identify(force: boolean): Promise<ReaderIdentity> {
    if (force) await reload();
    const secrets = await secretsNow(force);
    const known = identity?.secrets;
    if (
      identity === null ||
      known?.authorization !== secrets.authorization ||
      known.certificate?.id !== secrets.certificate?.id
    ) {
      const headers = {
        ...impersonationOf(user),
        ...(secrets.authorization === null ? {} : { authorization: secrets.authorization }),
      };
      identity = { secrets, identity: { headers, certificate: secrets.certificate } };
    }
    return identity.identity;
  }

  return {
    current: () => refreshing ?? identify(false),
    async refresh(refused) {
      const current = await (refreshing ?? identify(false));
      if (current !== refused) return current;
      if (refreshing === null) {
        if (now() - refreshedAt < refreshEvery) return null;
        refreshedAt = now();
        refreshing = identify(true).finally(() => (refreshing = null));
      }
      const fresh = await refreshing;
      return fresh === refused ? null : fresh;
    },
  };
}

/** Gives the secrets as they are now; with `force`, as nobody has them cached. */
function secretsOf(options: ReaderOptions, now: () => number): (force: boolean) => Promise<Secrets> {
  const { user } = options;
  const certificate = certificateOf(user, now);
  if (user.tokenFile) {
    const file = new TokenFile(user.tokenFile, user.token || null, now);
    return async (force) => ({
      authorization: `Bearer ${await (force ? file.reread() : file.token())}`,
      certificate: await certificate(force),
    });
  }
  const fixed = user.token ? `Bearer ${user.token.trim()}` : basicOf(user);
  if (user.exec == null || fixed !== null || hasCertificate(user)) {
    return async (force) => ({ authorization: fixed, certificate: await certificate(force) });
  }
  return pluginSecrets(options, now);
}

function hasCertificate(user: UserEntry): boolean {
  return Boolean(user["client-certificate"] || user["client-certificate-data"]);
}

function basicOf({ username, password }: UserEntry): string | null {
  if (!username && !password) return null;
  return `Basic ${Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64")}`;
}

function certificateOf(user: UserEntry, now: () => number): (force: boolean) => Promise<ClientCertificate | null> {
  let known: ClientCertificate | null = null;
  let readAt = -Infinity;
  return async (force) => {
    if (!hasCertificate(user)) return null;
    if (known !== null && !force && now() - readAt < certificateBelievedFor) return known;
    const cert = await readReferenced(
      { data: user["client-certificate-data"], file: user["client-certificate"] },
      "the client certificate",
    );
    const key = await readReferenced({ data: user["client-key-data"], file: user["client-key"] }, "the client key");
    if (cert === null || key === null) return null;
    const read = clientCertificate(cert, key);
    readAt = now();
    if (known?.id !== read.id) known = read;
    return known;
  };
}

function pluginSecrets(
  { user, allowExec, plugin }: ReaderOptions,
  now: () => number,
): (force: boolean) => Promise<Secrets> {
  let cached: PluginCredentials | null = null;
  let running: Promise<PluginCredentials> | null = null;
  let failed: { error: unknown; until: number } | null = null;

  async function run(exec: ExecEntry): Promise<PluginCredentials> {
    if (failed !== null && now() < failed.until) throw failed.error;
    try {
      return await runExecPlugin({ exec, ...plugin });
    } catch (error) {
      failed = { error, until: now() + failureBelievedFor };
      throw error;
    }
  }

  return async (force) => {
    const { exec } = user;
    if (exec == null) return { authorization: null, certificate: null };
    if (!allowExec) {
      throw new StowageError(
        "signed-out",
        `the kubeconfig signs in by running ${exec.command}, and programs are run only on a person's own machine; use a token or a service account here`,
      );
    }
    if (force || cached === null || (cached.expires !== null && cached.expires - expiryMargin <= now())) {
      running ??= run(exec).finally(() => (running = null));
      cached = await running;
    }
    return { authorization: cached.token === null ? null : `Bearer ${cached.token}`, certificate: cached.certificate };
  };
}

function impersonationOf(user: UserEntry): Record<string, string | readonly string[]> {
  if (!user.as) return {};
  const headers: Record<string, string | readonly string[]> = { "impersonate-user": asHeader(user.as) };
  if (user["as-uid"]) headers["impersonate-uid"] = asHeader(user["as-uid"]);
  if (user["as-groups"]?.length) headers["impersonate-group"] = user["as-groups"].map(asHeader);
  for (const [key, values] of Object.entries(user["as-user-extra"] ?? {})) {
    if (values.length > 0) headers[`impersonate-extra-${encodeExtraKey(key)}`] = values.map(asHeader);
  }
  return headers;
}

/** Node writes header values as Latin-1, and the API server reads names as UTF-8. */
function asHeader(value: string): string {
  return Buffer.from(value, "utf8").toString("latin1");
}

/** Keys of extras may hold what header names may not; the API server undoes percent encoding (and lower-cases the rest). */
function encodeExtraKey(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9!#$&'*+.^_`|~-]/g, (character) => encodeURIComponent(character));
}
