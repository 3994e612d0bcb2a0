import { kindList } from "../../lib/kinds/index.ts";
import type { Kind } from "../../lib/kinds/kind.ts";
import { ApiError, inParallel } from "../cluster/api-client.ts";
import type { ApiClient } from "../cluster/api-client.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import type { KubeObject } from "../cluster/resource-path.ts";

type Api = { group: string; version: string; resource: string; namespaced: boolean };

const core = (resource: string): Api => ({ group: "", version: "v1", resource, namespaced: true });
const of = (group: string, resource: string): Api => ({ group, version: "v1", resource, namespaced: true });

/** Kinds that nobody curated and that hold canaries all the same. */
const others: readonly Api[] = [
  ...["configmaps", "secrets", "services", "serviceaccounts", "persistentvolumeclaims"].map(core),
  of("apps", "statefulsets"),
  of("apps", "daemonsets"),
  of("batch", "jobs"),
  of("batch", "cronjobs"),
  of("networking.k8s.io", "ingresses"),
];

/** Names as short as these (`web`, `ops`) stand in any text. */
const shortest = 8;

/** What one token may LIST, by the API server's own word. */
export class VisibleObjects {
  readonly identity: Identity;
  /** Strings of the cluster that are in nothing this token may LIST. */
  hidden: readonly string[] = [];
  private readonly cluster: Cluster;
  private readonly namespaces: readonly string[];

  private constructor(cluster: Cluster, identity: Identity, namespaces: readonly string[]) {
    this.cluster = cluster;
    this.identity = identity;
    this.namespaces = namespaces;
  }

  static async of(cluster: Cluster, identity: Identity): Promise<VisibleObjects> {
    const admin = cluster.api("admin");
    const own = cluster.api(identity);
    try {
      const names = await namesOf(admin);
      const visible = new VisibleObjects(cluster, identity, await namespacesOf(admin));
      const apis = [...kindList.flatMap((kind) => kind.api ?? []), ...others];
      const lists = await Promise.all(apis.map((api) => visible.list(own, api)));
      const text = JSON.stringify(lists);
      const strings = new Set([...cluster.canaries.map((canary) => canary.value), ...names]);
      visible.hidden = [...strings].filter((string) => string.length >= shortest && !text.includes(string));
      return visible;
    } finally {
      admin.close();
      own.close();
    }
  }

  /** What follows the source in the keys of the rows that this token is to see, as it is now. */
  async paths(kind: Kind): Promise<string[]> {
    const base = kind.derived ? kindList.find(({ id }) => id === kind.derived?.from) : kind;
    // No cluster has what engines alone have.
    if (!base?.api) return [];
    const own = this.cluster.api(this.identity);
    try {
      const objects = await this.list(own, base.api);
      return objects.flatMap((object) => (kind.derived ? containerPaths(object) : [pathOf(object)])).toSorted();
    } finally {
      own.close();
    }
  }

  /** Everything that must not be seen and is. `asked` are strings that the request itself held. */
  leaksIn(text: string, asked: readonly string[] = []): string[] {
    return this.hidden.filter((string) => text.includes(string) && !asked.some((each) => each.includes(string)));
  }

  private async list(client: ApiClient, api: Api): Promise<KubeObject[]> {
    const everywhere = await listOrNull(client, api, null);
    if (everywhere) return everywhere;
    const found: KubeObject[] = [];
    await inParallel(api.namespaced ? [...this.namespaces] : [], 16, async (namespace) => {
      found.push(...((await listOrNull(client, api, namespace)) ?? []));
    });
    return found;
  }
}

function pathOf({ metadata }: KubeObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

function collectionOf(api: Api, namespace: string | null): string {
  const root = api.group === "" ? `/api/${api.version}` : `/apis/${api.group}/${api.version}`;
  return `${root}${namespace === null ? "" : `/namespaces/${namespace}`}/${api.resource}`;
}

/** Null where the API server forbids it. */
async function listOrNull(client: ApiClient, api: Api, namespace: string | null): Promise<KubeObject[] | null> {
  try {
    return await client.list(collectionOf(api, namespace));
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  }
}

type Spec = Record<"initContainers" | "containers" | "ephemeralContainers", { name: string }[] | undefined>;

function containerPaths(pod: KubeObject): string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod["spec"] as Spec;
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => `${pathOf(pod)}/${name}`);
}

async function namespacesOf(admin: ApiClient): Promise<string[]> {
  return (await admin.list("/api/v1/namespaces")).map(({ metadata }) => metadata.name);
}

async function namesOf(admin: ApiClient): Promise<string[]> {
  const apis = kindList.flatMap((kind) => kind.api ?? []);
  const lists = await Promise.all(apis.map((api) => admin.list(collectionOf(api, null))));
  return lists.flat().map(({ metadata }) => metadata.name);
}
