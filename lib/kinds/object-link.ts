import type { CellLink, Kind, ReadCell } from "./kind.ts";

/** Groups of the kinds that ship with Kubernetes and own or are owned: what another group calls the same is another kind. */
const builtInGroups: ReadonlyMap<string, string> = new Map([
  ["Pod", ""],
  ["Node", ""],
  ["Namespace", ""],
  ["ReplicationController", ""],
  ["Deployment", "apps"],
  ["ReplicaSet", "apps"],
  ["StatefulSet", "apps"],
  ["DaemonSet", "apps"],
  ["Job", "batch"],
  ["CronJob", "batch"],
  ["Service", ""],
  ["EndpointSlice", "discovery.k8s.io"],
]);

/** `Deployment`, or `StatefulSet.apps.kruise.io` where a foreign group took a name that Kubernetes uses itself. */
export function kindWord(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  const builtIn = builtInGroups.get(kind);
  return builtIn === undefined || builtIn === group || apiVersion === "" ? kind : `${kind}.${group}`;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

const pages = new Map<string, Kind>();

/** Tells which kinds have pages; index.ts does, so that kinds can link to each other without importing each other. */
export function setPages(kinds: Iterable<Kind>): void {
  for (const kind of kinds) if (kind.api) pages.set(kind.api.kind, kind);
}

/** The page of `Kind/name`, null where Stowage has none for that kind. */
export function pageOf(word: string, namespace: string): CellLink | null {
  const slash = word.indexOf("/");
  const kind = pages.get(word.slice(0, Math.max(slash, 0)));
  const name = word.slice(slash + 1);
  if (!kind || name === "" || (kind.namespaced && namespace === "")) return null;
  return { kind: kind.id, path: kind.namespaced ? `${namespace}/${name}` : name };
}

/** A link from a column whose cell is `Kind/name` to an object of the row's own namespace. */
export function linkToWord(column: string): (read: ReadCell) => CellLink | null {
  return (read) => {
    const word = read(column);
    return typeof word === "string" ? pageOf(word, textCell(read, "namespace")) : null;
  };
}

/** A link from a column whose cell is a bare name to an object of a cluster-scoped kind. */
export function linkToName(column: string, kind: string): (read: ReadCell) => CellLink | null {
  return (read) => {
    const name = read(column);
    return typeof name === "string" ? { kind, path: name } : null;
  };
}

/** A cell as text, "" when it is none. */
export function textCell(read: ReadCell, column: string): string {
  const cell = read(column);
  return typeof cell === "string" ? cell : "";
}
