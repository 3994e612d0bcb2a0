import type { StackContainer } from "../protocol/stack.ts";

/** `none`: each container stands alone; `equal`: those with one name of one workload fold; `image`: all of one image do. */
export type Fold = "none" | "equal" | "image";

/** One place on the deck: containers of one image that are drawn as one. */
export type FoldedColumn = { readonly image: string; readonly containers: readonly StackContainer[] };

/** A drawing with more places than this is folded further when nobody says how. */
const readable = 16;

/** Folds containers into the places of a deck, those of a workload and a pod beside each other. */
export function foldDeck(containers: readonly StackContainer[], fold: Fold | "auto"): readonly FoldedColumn[] {
  if (fold === "auto") {
    const ways = (["none", "equal", "image"] as const).map((way) => foldDeck(containers, way));
    return ways.find((columns) => columns.length <= readable) ?? ways[2] ?? [];
  }
  const columns = new Map<string, StackContainer[]>();
  for (const container of containers.toSorted(byPlace)) {
    const key = keyOf(container, fold);
    const known = columns.get(key);
    if (known) known.push(container);
    else columns.set(key, [container]);
  }
  return [...columns.values()].map((all) => ({ image: all[0]?.image ?? "", containers: all }));
}

function keyOf(container: StackContainer, fold: Fold): string {
  const { id, image, imageName, name, group, pod } = container;
  switch (fold) {
    case "none":
      return id;
    case "equal":
      // In an engine names are unique: what is equal there is what one service of a project runs several times. A sidecar has one
      // name in every pod, whatever the workload.
      return JSON.stringify([image, imageName, pod ? name : (group ?? id), pod ? null : name.replace(/[-_]?\d+$/, "")]);
    case "image":
      return JSON.stringify([image, imageName]);
  }
}

function byPlace(a: StackContainer, b: StackContainer): number {
  return (
    compare(a.pod?.namespace ?? "", b.pod?.namespace ?? "") ||
    compare(a.group ?? "", b.group ?? "") ||
    compare(a.pod?.name ?? "", b.pod?.name ?? "") ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
