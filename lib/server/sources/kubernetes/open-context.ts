import type { ClusterSource } from "./cluster-source.ts";
import { clusterSource } from "./cluster-source.ts";
import { loadKubeconfig } from "./kubeconfig.ts";
import type { KubeContext } from "./kubeconfig.ts";
import type { ClusterEntry, UserEntry } from "./kubeconfig-schema.ts";
import { kubeconfigReader } from "./kubeconfig-reader.ts";
import { openTransport } from "./open-transport.ts";
import type { Environment } from "./proxy.ts";
import { bareHost, isLoopback, routeTo } from "./proxy.ts";
import { readReferenced } from "./referenced-file.ts";
import type { Timings } from "./timings.ts";
import { standardTimings } from "./timings.ts";

export type ContextOptions = {
  readonly env: Environment;
  /** Where ~/.kube/config is. */
  readonly home: string;
  /** Whether credential plugins of the kubeconfig may be run: in the local face only. */
  readonly allowExec: boolean;
  /** Stowage's own version, for the User-Agent. */
  readonly version: string;
  /** Lets credentials travel over plain http, as the demo world needs; false otherwise. */
  readonly credentialsOverHttp?: boolean;
  readonly timings?: Timings;
};

type Whole = Extract<KubeContext, { problem: null }>;

/** Opens one whole context; nothing is read or connected before something is asked. */
export function openContext(
  context: Whole,
  identity: Pick<ClusterSource, "slug" | "aliases" | "title" | "defaultNamespace" | "namespaces">,
  options: ContextOptions,
): ClusterSource {
  const cluster = context.cluster.entry;
  const server = new URL(cluster.server ?? "");
  const ca = () =>
    readReferenced(
      { data: cluster["certificate-authority-data"], file: cluster["certificate-authority"] },
      "the certificate authority",
    );
  const transport = openTransport({
    server,
    route: () => routeTo(server, cluster["proxy-url"] || null, options.env),
    trust: {
      ca,
      serverName: cluster["tls-server-name"] || null,
      insecure: cluster["insecure-skip-tls-verify"] === true,
    },
    reader: kubeconfigReader({
      user: context.user.entry,
      reload: () => userNow(context.name, options),
      allowExec: options.allowExec,
      plugin: { cluster: clusterInfo(cluster), env: options.env },
    }),
    userAgent: `stowage/${options.version}`,
    credentialsOverHttp: options.credentialsOverHttp ?? false,
    timings: options.timings ?? standardTimings,
  });
  // On this machine compressing costs both sides more than it saves.
  const local = server.hostname === "localhost" || isLoopback(bareHost(server.hostname));
  const gzip = cluster["disable-compression"] !== true && !local;
  return clusterSource({ ...identity, server: server.href.replace(/\/$/, ""), transport, problem: null, gzip });
}

async function userNow(name: string, { env, home }: ContextOptions): Promise<UserEntry | null> {
  const context = (await loadKubeconfig(env, home)).contexts.find((each) => each.name === name);
  return context?.problem === null ? context.user.entry : null;
}

/** The cluster as a credential plugin is told of it. */
function clusterInfo(cluster: ClusterEntry): Record<string, unknown> {
  const config = cluster.extensions?.find(({ name }) => name === "client.authentication.k8s.io/exec")?.extension;
  return {
    server: cluster.server,
    ...(cluster["tls-server-name"] ? { "tls-server-name": cluster["tls-server-name"] } : {}),
    ...(cluster["insecure-skip-tls-verify"] ? { "insecure-skip-tls-verify": true } : {}),
    ...(cluster["certificate-authority-data"]
      ? { "certificate-authority-data": cluster["certificate-authority-data"] }
      : {}),
    ...(cluster["proxy-url"] ? { "proxy-url": cluster["proxy-url"] } : {}),
    ...(config === undefined ? {} : { config }),
  };
}
