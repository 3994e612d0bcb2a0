import { sideOf } from "@/lib/kinds/kind";
import type { Kind, SourceType } from "@/lib/kinds/kind";
import type { Messages } from "@/lib/i18n/en";

type GroupName = "cluster" | "workloads" | "network" | "engine" | "operations" | "more";

/** Where people look for a kind. A kind that stands nowhere here is listed under "more" and needs no entry. */
const places: readonly { group: GroupName; kinds: readonly string[] }[] = [
  { group: "cluster", kinds: ["nodes", "namespaces"] },
  {
    group: "workloads",
    kinds: [
      "deployments.apps",
      "statefulsets.apps",
      "daemonsets.apps",
      "replicasets.apps",
      "jobs.batch",
      "cronjobs.batch",
      "pods",
      "containers",
    ],
  },
  { group: "network", kinds: ["services", "endpointslices.discovery.k8s.io"] },
  { group: "engine", kinds: ["engines", "images", "volumes", "networks"] },
  { group: "operations", kinds: ["events"] },
];

/** The letter after `g` that leads to a kind; the overview is `o`. */
const letters: Readonly<Record<string, string>> = {
  nodes: "n",
  namespaces: "s",
  "deployments.apps": "d",
  "statefulsets.apps": "t",
  "daemonsets.apps": "a",
  "replicasets.apps": "r",
  "jobs.batch": "j",
  "cronjobs.batch": "k",
  services: "v",
  "endpointslices.discovery.k8s.io": "l",
  pods: "p",
  containers: "c",
  events: "e",
  engines: "x",
  images: "i",
};

export type RailEntry = { kind: Kind; title: string; letter: string | null };
export type RailGroup = { title: string; entries: RailEntry[] };

/** The kinds that some source has anything of; those of clusters while nobody knows of a source. */
export function kindsIn(kinds: readonly Kind[], sources: readonly { readonly type: SourceType }[]): Kind[] {
  const types = sources.length === 0 ? (["cluster"] as const) : sources.map(({ type }) => type);
  return kinds.filter((kind) => types.some((type) => sideOf(kind, type) !== null));
}

/** The rail's groups, of the kinds that there are. */
export function railGroups(kinds: readonly Kind[], m: Messages): RailGroup[] {
  const placed = new Set(places.flatMap((place) => place.kinds));
  const rest = { group: "more" as const, kinds: kinds.map((kind) => kind.id).filter((id) => !placed.has(id)) };
  return [...places, rest]
    .map((place) => ({
      title: m.shell[place.group],
      entries: place.kinds.flatMap((id) => {
        const kind = kinds.find((known) => known.id === id);
        return kind ? [{ kind, title: kindTitle(m, id), letter: letters[id] ?? null }] : [];
      }),
    }))
    .filter((group) => group.entries.length > 0);
}

/** What many of a kind are called; a kind without words of its own goes by its id. */
export function kindTitle(m: Messages, id: string): string {
  const words: Readonly<Record<string, { many: string }>> = m.kinds;
  return Object.hasOwn(words, id) ? (words[id]?.many ?? id) : id;
}

/** The head of a column; one without words of its own goes by its id. */
export function columnTitle(m: Messages, id: string): string {
  const words: Readonly<Record<string, string>> = m.columns;
  return Object.hasOwn(words, id) ? (words[id] ?? id) : id;
}
