import type { IsolationRow } from "./engine-isolation.ts";
import type { Messages } from "../i18n/en.ts";
import type { Cell, HealthLevel } from "../protocol/cell.ts";
import type { KubeObject } from "../protocol/object.ts";

/** Reads a cell by column id; null for a column that was not asked for or that the object does not have. */
export type ReadCell = (column: string) => Cell;

/** Decides how a column compares, which operators the filter language has for it, and how it is drawn. */
export type ColumnType =
  | "name" // the object's name: linked, sticky, mono
  | "text"
  | "number"
  | "time" // seconds since the epoch, drawn as an age
  | "cpu" // millicores
  | "bytes"
  | "health" // a HealthLevel
  | "labels" // `key=value` words
  | "list"; // words

/** A link from a cell to another object of the same source: its kind and the path behind the source. */
export type CellLink = { kind: string; path: string } | ImageLink;

/** A link to an image in its registry: as a container names it, what the runtime says that runs, and the pod's path for its secrets. */
export type ImageLink = { image: string; imageId: string | null; podPath: string | null };

export type ColumnSpec = {
  type: ColumnType;
  /** The column of the API server's own Table that this one equals, character by character, through `print`. */
  table?: string;
  /** `standard` is drawn unless the person hides it, `wide` only when chosen, `filter` never but can be filtered by,
   * `internal` never leaves the server. */
  show: "standard" | "wide" | "filter" | "internal";
  /** The type of source that alone has this column: where no such source is looked at, it is drawn only when chosen. */
  of?: SourceType;
  /** Values are counted above the table. */
  facet?: boolean;
  /** Numbers and quantities stand right. */
  align?: "right";
  /** Other columns that `print` or `link` read, so that they travel with this one. */
  needs?: readonly string[];
  /** What kubectl would print. Without it: text as it is, ages, quantities by type, `<none>` for null as kubectl does. */
  print?: (read: ReadCell, now: number) => string;
  link?: (read: ReadCell) => CellLink | null;
};

export type Column = ColumnSpec & { readonly id: string; readonly index: number };

/** Where a kind lives in the Kubernetes API. */
export type KubernetesApi = { group: string; version: string; resource: string; namespaced: boolean; kind: string };

/** What an object comes from: rows of a kind come from either, and each has kinds that the other does not. */
export type SourceType = "cluster" | "engine";

/** What a container engine has lists of; `engines` is the engine itself. */
export type EngineResource = "containers" | "images" | "volumes" | "networks" | "engines";

/** A sentence of lib/i18n: its key under `health` and what it is filled with. */
export type Sentence = {
  [K in keyof Messages["health"]]: Messages["health"][K] extends (values: infer P) => string
    ? { key: K; values: P }
    : { key: K };
}[keyof Messages["health"]];

/** What the detail page of a kind shows, top to bottom. Section types are components in components/detail. */
export type Section =
  | { type: "facts"; title: keyof Messages["sections"]; facts: (object: KubeObject, now: number) => Fact[] }
  | { type: "conditions" }
  | { type: "containers" }
  | { type: "labels" }
  /** A live table of another kind, filtered by what this object is. */
  | { type: "related"; title: keyof Messages["sections"]; kind: string; q: (object: KubeObject) => string | null }
  | { type: "events" }
  | { type: "logs" }
  /** Plain lines of text, each in the mono face; nothing is drawn where there are none. */
  | { type: "lines"; title: keyof Messages["sections"]; lines: (object: KubeObject) => readonly string[] }
  /** How a container of an engine is kept apart from its host. */
  | { type: "isolation"; rows: (object: KubeObject) => readonly IsolationRow[] }
  /** What an engine measures of a running container; its processes; what it changed of its image; what lies on the engine's disk. */
  | { type: "usage" | "processes" | "changes" | "disk" | "stack" }
  /** The layers of an image on an engine's disk. */
  | { type: "layers" };

/** One line of a facts section. `value` is plain text; `link` leads to another object of the same source, or to an image. */
export type Fact = { label: keyof Messages["facts"]; value: string; link?: CellLink; mono?: boolean; time?: number };

/** How objects of a kind become rows and pages. */
type Side<C extends Record<string, ColumnSpec>> = {
  /**
   * Projects an object to cells. Objects are text from outside: any field may be missing or of another type than the API says,
   * and this must then give null, not throw.
   */
  toRow?: (object: KubeObject) => { [K in keyof C]: Cell };
  /** Health in one sentence for the detail page. */
  health?: (object: KubeObject, now: number) => { level: HealthLevel; sentence: Sentence };
  /** What the page is headed by where that is not the object's name; null where the object does not say. */
  title?: (object: KubeObject) => string | null;
  sections: Section[];
};

export type KindSpec<C extends Record<string, ColumnSpec>> = Side<C> & {
  /** `plural.group`, plain plural for core and for Stowage's own. */
  id: string;
  /** Absent for a derived kind, and for one that only engines have. */
  api?: KubernetesApi;
  /** Rows come out of another kind's rows: containers out of pods. */
  derived?: {
    from: string;
    expand: (cells: ReadCell) => { path: string; uid: string; cells: Cell[] }[];
    /** How many rows `expand` would give, without making them. */
    count: (cells: ReadCell) => number;
  };
  /** What engines have of it; `own` where their objects are not read as those of clusters are. */
  engine?: { resource: EngineResource; own?: Side<C> };
  columns: C;
  /** Ids of the columns whose values are counted above the table, the one that a person wants most first; makes them facets. */
  facets?: readonly (keyof C & string)[];
  /** The default order where it is not the API's key order, as `sort` of a query. */
  sort?: string;
};

/** How an object of one type of source becomes a row and a page. */
export type KindSide = {
  readonly project: (object: KubeObject) => Cell[];
  readonly health: ((object: KubeObject, now: number) => { level: HealthLevel; sentence: Sentence }) | null;
  readonly title: ((object: KubeObject) => string | null) | null;
  readonly sections: readonly Section[];
};

/** What clusters have of a kind is `KindSide` of the kind itself. */
export type Kind = KindSide & {
  readonly id: string;
  readonly api: KubernetesApi | null;
  readonly namespaced: boolean;
  readonly derived: KindSpec<Record<string, ColumnSpec>>["derived"] | null;
  /** What engines have of it; null for a kind of clusters alone. */
  readonly engine: (KindSide & { readonly resource: EngineResource }) | null;
  readonly columns: readonly Column[];
  readonly column: ReadonlyMap<string, Column>;
  /** The columns with `facet`, in the order in which they are shown. */
  readonly facets: readonly Column[];
  readonly sort: string;
};

/** Makes the kind that everything else works with; the one place that knows that cells stand in column order. */
export function defineKind<C extends Record<string, ColumnSpec>>(spec: KindSpec<C>): Kind {
  const order: readonly string[] = spec.facets ?? [];
  const columns = Object.entries(spec.columns).map(([id, column], index) => ({
    ...column,
    id,
    index,
    facet: column.facet === true || order.includes(id),
  }));
  const column = new Map(columns.map((each) => [each.id, each]));
  const madeOf = ({ toRow, health, title, sections }: Side<C>): KindSide => ({
    project: (object) => {
      if (!toRow) return columns.map(() => null);
      const row: Record<string, Cell> = toRow(object);
      return columns.map((each) => row[each.id] ?? null);
    },
    health: health ?? null,
    title: title ?? null,
    sections,
  });
  return {
    ...madeOf(spec),
    id: spec.id,
    api: spec.api ?? null,
    namespaced: spec.api ? spec.api.namespaced : spec.derived !== undefined,
    derived: spec.derived ?? null,
    engine: spec.engine ? { resource: spec.engine.resource, ...madeOf(spec.engine.own ?? spec) } : null,
    columns,
    column,
    facets: columns.filter((each) => each.facet).toSorted((a, b) => placeIn(order, a.id) - placeIn(order, b.id)),
    sort: spec.sort ?? "",
  };
}

/** The side of a kind that a source of this type has; null where it has none of it. */
export function sideOf(kind: Kind, type: SourceType): KindSide | null {
  if (type === "engine") return kind.engine;
  return kind.api || kind.derived ? kind : null;
}

function placeIn(order: readonly string[], id: string): number {
  const place = order.indexOf(id);
  return place < 0 ? order.length : place;
}

/** A ReadCell over cells in the kind's own column order. */
export function readerOf(kind: Kind, cells: readonly Cell[]): ReadCell {
  return (id) => {
    const column = kind.column.get(id);
    return column ? (cells[column.index] ?? null) : null;
  };
}
