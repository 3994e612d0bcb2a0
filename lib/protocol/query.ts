import { z } from "zod";

import type { Cell, WireRow } from "./cell.ts";

/** The most rows a window may hold. */
export const maxWindow = 200;

/**
 * A live query. `in` lists source slugs, empty for all; `q` is the filter language of lib/query; `sort` is a column id, with `-`
 * before it for descending, empty for the API's own key order; `columns` lists column ids, empty for the kind's standard ones.
 */
export const querySchema = z.object({
  kind: z.string().min(1).max(253),
  in: z.array(z.string().min(1).max(253)).max(64).default([]),
  q: z.string().max(4000).default(""),
  sort: z.string().max(64).default(""),
  columns: z.array(z.string().min(1).max(64)).max(40).default([]),
  start: z.int().min(0).max(10_000_000).default(0),
  count: z.int().min(0).max(maxWindow).default(50),
});
export type Query = z.infer<typeof querySchema>;

/** How far one source is with one kind, as this person may see it. */
export type SourceState = {
  source: string;
  /** `off`: nobody watches it yet; `stale`: rows are shown as of `since`; `down`: there never were any. */
  state: "off" | "syncing" | "live" | "stale" | "down" | "forbidden";
  /** Seconds since the epoch: when it became so (for `stale`: when the data was last known to be true). */
  since: number;
  /** What the source said, for `stale`, `down` and `forbidden`; plain text from outside. */
  error?: string;
  /** Namespaces this person sees of the kind: all, or how many. */
  scope: "all" | number;
};

export type Facet = {
  column: string;
  /** Value and number of rows, most first; at most 12. */
  values: [value: string, count: number][];
  /** How many further values there are. */
  more: number;
};

/** The first answer to a live query, and the answer again when patches can no longer tell it. */
export type Snapshot = {
  /** Names the view and its life; patches hold for one epoch. */
  epoch: string;
  /** Rows that match, and rows in the person's scope before the filter. */
  total: number;
  all: number;
  start: number;
  rows: WireRow[];
  facets: Facet[];
  sources: SourceState[];
  /** True while a source is still syncing: totals and order may still change by that. */
  provisional: boolean;
  /** Column ids of the cells in `rows`. */
  columns: string[];
  /** A token by which a socket can go on from exactly this answer; valid for a few seconds, once. */
  resume?: string;
};

/** What changed since the last message; an absent field is unchanged. */
export type Patch = {
  epoch: string;
  total?: number;
  all?: number;
  start?: number;
  /** The keys of the window in their order, when it changed. */
  order?: string[];
  /** Rows that are new in the window. */
  rows?: WireRow[];
  /** Cells that changed: key, then pairs of column index and value. */
  cells?: [key: string, ...pairs: (number | Cell)[]][];
  /** Those that changed; the others are as they were. */
  facets?: Facet[];
  sources?: SourceState[];
  provisional?: boolean;
};
