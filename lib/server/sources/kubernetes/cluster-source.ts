import type { Credential } from "../../access/person.ts";
import { isStowageError, StowageError } from "../../error.ts";
import type { Source } from "../source.ts";
import { errorOfAnswer } from "./kube-error.ts";
import { readBody, readSome } from "./read-body.ts";
import type { KubeRequest, KubeResponse, Transport } from "./transport.ts";
import { withoutSecrets } from "./without-secrets.ts";

export type AskOptions = {
  readonly signal?: AbortSignal;
  /** The most bytes of JSON that are read; 32 MiB by default. */
  readonly maxBytes?: number;
  /** Milliseconds to the head of the answer; a minute by default. */
  readonly responseTimeout?: number;
};

/** One Kubernetes cluster, seen with the credentials of one kubeconfig context or of a person's token. */
export type ClusterSource = Source & {
  readonly type: "cluster";
  /** Further slugs that lead here, so that old addresses keep working. */
  readonly aliases: readonly string[];
  /** Why nothing can be asked of it, a StowageError; null when the configuration is whole. */
  readonly problem: Error | null;
  /** The API server's address. */
  readonly server: string;
  /** The context's namespace; null where it names none (kubectl then means `default`). */
  readonly defaultNamespace: string | null;
  /** Every namespace that a context of this cluster and user names: worth asking for where not all may be listed. */
  readonly namespaces: readonly string[];
  readonly transport: Transport;
  /** The answer to a request that succeeded; throws a KubeError for any other, and what Transport.request throws. */
  open(request: KubeRequest): Promise<KubeResponse>;
  /** Throws as `open` does, `too-large` beyond `maxBytes`, `source-refused` when the answer is not JSON. */
  getJson(path: string, credential: Credential, options?: AskOptions): Promise<unknown>;
  postJson(path: string, body: unknown, credential: Credential, options?: AskOptions): Promise<unknown>;
  version(credential: Credential, options?: AskOptions): Promise<ClusterVersion>;
};

/** What `/version` says, `gitVersion` as `v1.37.2`. */
export type ClusterVersion = { readonly gitVersion: string; readonly platform: string | null };

const maxJson = 32 * 1024 * 1024;
const maxError = 64 * 1024;

export type ClusterSourceOptions = Pick<
  ClusterSource,
  "slug" | "aliases" | "title" | "server" | "defaultNamespace" | "namespaces" | "transport" | "problem"
> & {
  /** Whether to ask for gzip on plain reads. */
  readonly gzip: boolean;
};

export function clusterSource(options: ClusterSourceOptions): ClusterSource {
  const { transport, gzip, ...identity } = options;

  async function open(request: KubeRequest): Promise<KubeResponse> {
    const response = await transport.request(request);
    if (response.status >= 200 && response.status < 300) return response;
    // The status is what counts: an error text that cannot be read is left out.
    const text = await readSome(response.body, maxError).catch(() => "");
    throw errorOfAnswer(response.status, response.headers, text);
  }

  async function ask(request: KubeRequest, { maxBytes = maxJson, ...rest }: AskOptions): Promise<unknown> {
    const response = await open({ ...request, ...rest });
    const type = response.headers["content-type"] ?? "";
    if (!/\bjson\b/.test(type)) {
      response.body.destroy();
      throw new StowageError(
        "source-refused",
        `${identity.server} answered with “${withoutSecrets(type)}” and not JSON; is it a Kubernetes API server?`,
      );
    }
    try {
      return JSON.parse((await readBody(response.body, maxBytes)).toString("utf8"));
    } catch (error) {
      if (rest.signal?.aborted) throw rest.signal.reason;
      if (isStowageError(error)) throw error;
      if (error instanceof SyntaxError) throw new StowageError("source-refused", "the answer is not JSON");
      throw new StowageError(
        "source-unreachable",
        withoutSecrets(error instanceof Error ? error.message : String(error)),
        { cause: error },
      );
    }
  }

  const getJson: ClusterSource["getJson"] = (path, credential, asked = {}) =>
    ask({ method: "GET", path, credential, gzip }, asked);

  return {
    type: "cluster",
    ...identity,
    transport,
    open,
    getJson,
    postJson: (path, body, credential, asked = {}) =>
      ask(
        {
          method: "POST",
          path,
          credential,
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        },
        asked,
      ),
    async version(credential, asked) {
      const answer = (await getJson("/version", credential, asked)) as {
        gitVersion?: unknown;
        platform?: unknown;
      } | null;
      if (typeof answer?.gitVersion !== "string")
        throw new StowageError("source-refused", `${identity.server} does not say its version`);
      return { gitVersion: answer.gitVersion, platform: typeof answer.platform === "string" ? answer.platform : null };
    },
    close: () => transport.close(),
  };
}
