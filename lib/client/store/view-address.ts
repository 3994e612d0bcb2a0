import type { Query } from "../../protocol/query.ts";

/** What a list shows, as its address says it: `?in=prod,stage&q=…&sort=-restarts&cols=name,status`. Empty is the default. */
export type ViewAddress = {
  readonly in: readonly string[];
  readonly q: string;
  readonly sort: string;
  readonly cols: readonly string[];
};

/** Bounds of the protocol; what goes beyond in an address is cut, since anybody may type one. */
const most = { in: 64, q: 4000, sort: 64, cols: 40, word: 253 };

export function readView(params: { get(name: string): string | null }): ViewAddress {
  return {
    in: words(params.get("in"), most.in),
    q: (params.get("q") ?? "").slice(0, most.q),
    sort: (params.get("sort") ?? "").slice(0, most.sort),
    cols: words(params.get("cols"), most.cols),
  };
}

/** The search part of an address, with its `?`, or "" for a view that has nothing to say. */
export function printView(view: Partial<ViewAddress>): string {
  const parts = [
    ["in", view.in?.join(",")],
    ["q", view.q?.trim()],
    ["sort", view.sort],
    ["cols", view.cols?.join(",")],
  ].flatMap(([name, value]) => (value ? [`${name}=${encode(value)}`] : []));
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

type Sortable = { id: string; sort: string; column: ReadonlyMap<string, unknown> };

/** The live query behind a view of a kind; `count` rows from the first. A sort by what the kind does not have is left out. */
export function queryOf(kind: Sortable, view: ViewAddress, columns: readonly string[], count: number): Query {
  const sorted = view.sort.replace(/^-/, "");
  return {
    kind: kind.id,
    in: [...view.in],
    q: view.q,
    sort: sorted === "source" || kind.column.has(sorted) ? view.sort : kind.sort,
    columns: [...columns],
    start: 0,
    count,
  };
}

function words(text: string | null, count: number): string[] {
  const found = (text ?? "").split(",").filter((word) => word !== "" && word.length <= most.word);
  return [...new Set(found)].slice(0, count);
}

/** Leaves readable what a query string may hold as it is. */
function encode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll("%20", "+")
    .replace(/%(?:3A|2C|2F|40)/g, (code) => decodeURIComponent(code));
}
