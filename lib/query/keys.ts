import type { Column, Kind } from "../kinds/kind.ts";

/** What people also call a column, most wanted first; a column of that very id always comes before. */
export const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ["ns", ["namespace"]],
  ["namespaces", ["namespace"]],
  ["label", ["labels"]],
  ["annotation", ["annotations"]],
  ["age", ["created", "started", "last"]],
  ["po", ["pod", "name"]],
  ["pod", ["name"]],
  ["pods", ["pod", "name"]],
  ["no", ["node", "name"]],
  ["node", ["name"]],
  ["nodes", ["node", "name"]],
  ["container", ["containers", "name"]],
  ["containers", ["container"]],
  ["deploy", ["deployment", "name"]],
  ["deployment", ["name"]],
  ["rs", ["replicaset", "name"]],
  ["replicaset", ["name"]],
  ["sts", ["statefulset", "name"]],
  ["statefulset", ["name"]],
  ["ds", ["daemonset", "name"]],
  ["daemonset", ["name"]],
  ["job", ["name"]],
  ["cj", ["cronjob", "name"]],
  ["cronjob", ["name"]],
  ["svc", ["service", "name"]],
  ["service", ["name"]],
  ["eps", ["name"]],
  ["endpointslice", ["name"]],
  ["img", ["image", "images"]],
  ["image", ["images"]],
  ["images", ["image"]],
  ["state", ["status"]],
  ["status", ["state"]],
  ["cpu", ["allocatableCpu"]],
  ["memory", ["allocatableMemory"]],
  ["mem", ["memory", "allocatableMemory"]],
  ["ip", ["internalIp"]],
  ["sa", ["serviceAccount"]],
  ["restart", ["restarts"]],
  ["role", ["roles"]],
  ["controller", ["owner"]],
]);

/** An alias may mean an object's own name only on the page of its kind. */
const ownName: ReadonlyMap<string, string> = new Map([
  ["po", "pods"],
  ["pod", "pods"],
  ["pods", "pods"],
  ["no", "nodes"],
  ["node", "nodes"],
  ["nodes", "nodes"],
  ["container", "containers"],
  ["deploy", "deployments.apps"],
  ["deployment", "deployments.apps"],
  ["rs", "replicasets.apps"],
  ["replicaset", "replicasets.apps"],
  ["sts", "statefulsets.apps"],
  ["statefulset", "statefulsets.apps"],
  ["ds", "daemonsets.apps"],
  ["daemonset", "daemonsets.apps"],
  ["job", "jobs.batch"],
  ["cj", "cronjobs.batch"],
  ["cronjob", "cronjobs.batch"],
  ["svc", "services"],
  ["service", "services"],
  ["eps", "endpointslices.discovery.k8s.io"],
  ["endpointslice", "endpointslices.discovery.k8s.io"],
]);

/** `restartCount`, `restart-count` and `RESTARTCOUNT` are one key. */
export function foldKey(key: string): string {
  return key.toLowerCase().replace(/[-_.]/g, "");
}

/** What the frame around a list decides, and a filter therefore does not. */
export const elsewhere: ReadonlySet<string> = new Set(["source", "sources", "in", "sort", "columns"]);

/** The columns that a filter may name: what never leaves the server cannot be asked about either. */
export function filterColumns(kind: Kind): Column[] {
  return kind.columns.filter((column) => column.show !== "internal" && !elsewhere.has(column.id));
}

const folded = new WeakMap<Kind, ReadonlyMap<string, Column>>();

function columnsByKey(kind: Kind): ReadonlyMap<string, Column> {
  const known = folded.get(kind);
  if (known) return known;
  const columns = filterColumns(kind);
  // An exact id wins over a folded one, the first of two that fold alike over the second.
  const made = new Map([
    ...columns.toReversed().map((column): [string, Column] => [foldKey(column.id), column]),
    ...columns.map((column): [string, Column] => [column.id, column]),
  ]);
  folded.set(kind, made);
  return made;
}

/** The column that a key means to a kind. */
export function columnOf(kind: Kind, key: string): Column | null {
  const columns = columnsByKey(kind);
  const plain = foldKey(key);
  const own = columns.get(key) ?? columns.get(plain);
  if (own) return own;
  for (const id of aliases.get(plain) ?? []) {
    if (id === "name" && ownName.get(plain) !== kind.id) continue;
    const column = columns.get(foldKey(id));
    if (column) return column;
  }
  return null;
}

/** Whether two keys mean the same column; without a kind, by the first meaning of an alias. */
export function sameKey(a: string, b: string, kind: Kind | null): boolean {
  const column = kind && columnOf(kind, a);
  if (column) return column === columnOf(kind, b);
  const [plainA, plainB] = [foldKey(a), foldKey(b)];
  if (plainA === plainB) return true;
  const [meantA, meantB] = [meaning(plainA), meaning(plainB)];
  return meantA === plainB || meantB === plainA || (meantA !== null && meantA === meantB);
}

function meaning(plain: string): string | null {
  const [first] = aliases.get(plain) ?? [];
  return first === undefined || first === "name" ? null : foldKey(first);
}

/** The key of this kind that a mistyped one is nearest to, if it is near at all. */
export function nearestKey(kind: Kind, key: string): string | null {
  const names = filterColumns(kind).map((column) => column.id);
  const known = [...aliases.keys()].filter((alias) => columnOf(kind, alias));
  return nearest(foldKey(key), [...names, ...known]);
}

/** The candidate within one edit for short texts, two for longer ones. */
export function nearest(text: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = text.length <= 3 ? 2 : 3;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= least) continue;
    const distance = editDistance(text, foldKey(candidate));
    if (distance < least && distance < candidate.length) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
