import type { KubeObject } from "../../../protocol/object.ts";
import { compareText } from "../../../shared/compare.ts";
import type { Resource } from "./resources.ts";
import { groupVersion, resources } from "./resources.ts";

export type StoreEvent = { type: "ADDED" | "MODIFIED" | "DELETED"; object: KubeObject; version: number };

type Shelf = {
  objects: Map<string, KubeObject>;
  history: StoreEvent[];
  forgotten: number;
  watchers: Set<(event: StoreEvent) => void>;
};

/** Events of a resource that a watch can go back over; older versions are answered with 410, as an API server does. */
const maxHistory = 4_000;

/** What an API server keeps in etcd: objects by key, one version for all of them, and a bounded history. Objects are never changed in place. */
export class Store {
  private readonly shelves = new Map<Resource, Shelf>(
    resources.map((resource) => [resource, { objects: new Map(), history: [], forgotten: 0, watchers: new Set() }]),
  );
  private latest = 1_000;

  get version(): number {
    return this.latest;
  }

  put(resource: Resource, object: KubeObject): void {
    const shelf = this.shelf(resource);
    const key = keyOf(object);
    const known = shelf.objects.get(key);
    this.latest += 1;
    const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
    const kept: KubeObject = {
      apiVersion: groupVersion(resource),
      kind: resource.kind,
      metadata: { ...metadata, resourceVersion: String(this.latest) },
      ...rest,
    };
    shelf.objects.set(key, kept);
    this.tell(shelf, { type: known ? "MODIFIED" : "ADDED", object: kept, version: this.latest });
  }

  remove(resource: Resource, namespace: string, name: string): void {
    const shelf = this.shelf(resource);
    const key = namespace === "" ? name : `${namespace}/${name}`;
    const known = shelf.objects.get(key);
    if (!known) return;
    shelf.objects.delete(key);
    this.latest += 1;
    const last = { ...known, metadata: { ...known.metadata, resourceVersion: String(this.latest) } };
    this.tell(shelf, { type: "DELETED", object: last, version: this.latest });
  }

  get(resource: Resource, namespace: string, name: string): KubeObject | undefined {
    return this.shelf(resource).objects.get(namespace === "" ? name : `${namespace}/${name}`);
  }

  /** In the order of keys, as etcd gives them; null is all namespaces. */
  list(resource: Resource, namespace: string | null): KubeObject[] {
    const entries = [...this.shelf(resource).objects];
    const wanted = namespace === null ? entries : entries.filter(([key]) => key.startsWith(`${namespace}/`));
    return wanted.toSorted(([a], [b]) => compareText(a, b)).map(([, object]) => object);
  }

  size(resource: Resource): number {
    return this.shelf(resource).objects.size;
  }

  /** Whether a watch can begin after this version: nothing since was forgotten. */
  remembers(resource: Resource, version: number): boolean {
    return version >= this.shelf(resource).forgotten;
  }

  /** Tells what came after `since`, then each event as it comes, until the returned function is called. */
  watch(resource: Resource, since: number, onEvent: (event: StoreEvent) => void): () => void {
    const shelf = this.shelf(resource);
    for (const event of shelf.history) if (event.version > since) onEvent(event);
    shelf.watchers.add(onEvent);
    return () => shelf.watchers.delete(onEvent);
  }

  private tell(shelf: Shelf, event: StoreEvent): void {
    shelf.history.push(event);
    if (shelf.history.length > maxHistory) {
      const gone = shelf.history.splice(0, maxHistory / 2);
      shelf.forgotten = gone.at(-1)?.version ?? shelf.forgotten;
    }
    for (const watcher of shelf.watchers) watcher(event);
  }

  private shelf(resource: Resource): Shelf {
    const shelf = this.shelves.get(resource);
    if (!shelf) throw new Error(`the demo has no ${resource.resource}`);
    return shelf;
  }
}

function keyOf({ metadata }: KubeObject): string {
  const { name = "", namespace } = metadata ?? {};
  return namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
}
