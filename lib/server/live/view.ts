import { randomUUID } from "node:crypto";

import type { Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { Facet, SourceState } from "../../protocol/query.ts";
import type { CompiledFilter } from "../../query/filter.ts";
import { inScope } from "../access/scope.ts";
import type { Scope } from "../access/scope.ts";
import type { Change, RowSource } from "../cache/row-source.ts";
import { FacetCounts } from "./facet-counts.ts";
import type { Compare } from "./row-order.ts";
import { placeOf } from "./row-order.ts";

/** One source of a view with what its viewers may see of the kind there. */
export type ViewInput = { rows: RowSource; scope: Scope };

export type ViewOptions = {
  kind: Kind;
  inputs: readonly ViewInput[];
  filter: CompiledFilter;
  compare: Compare;
  /** Seconds since the epoch. */
  now?: () => number;
};

/** `true`: matches. A column's id: only the terms of that column fail, so that the row counts in that facet. `false`: neither. */
type Verdict = boolean | string;

/** Filters that compare ages are applied anew this often while somebody looks, in ms. */
const ageTickMs = 2_000;
/** A batch this large, in share of the rows, is applied by sorting anew rather than row by row. */
const rebuildShare = 0.25;
const rebuildLeast = 512;

/**
 * The rows of one filter in one order for one scope, kept up to date change by change, and shared by all who look at the same.
 * Invariants: `rows` holds exactly the rows in scope that match, in total order; `all` counts the rows in scope; facets count
 * what they would hold without their own term. A view that was updated equals a view made anew.
 */
export class View {
  readonly epoch: string = randomUUID();
  readonly kind: Kind;
  /** Goes up with everything that a viewer could see. */
  version = 0;
  rows: Row[] = [];
  all = 0;
  private readonly inputs: readonly ViewInput[];
  private readonly filter: CompiledFilter;
  private readonly compare: Compare;
  private readonly facetCounts: FacetCounts;
  private facetList: Facet[] | null = null;
  private rebuilding = false;
  private readonly now: () => number;
  private readonly release: (() => void)[] = [];
  private readonly watchers = new Set<() => void>();
  private readonly tick: NodeJS.Timeout | null;

  constructor(options: ViewOptions) {
    this.kind = options.kind;
    this.inputs = options.inputs;
    this.filter = options.filter;
    this.compare = options.compare;
    this.now = options.now ?? (() => Date.now() / 1000);
    this.facetCounts = new FacetCounts(options.kind);
    for (const input of this.inputs) {
      this.release.push(input.rows.acquire());
      this.release.push(
        input.rows.listen({
          changed: (changes) => this.apply(input, changes),
          status: () => this.moved(),
        }),
      );
    }
    this.tick = this.filter.timeDependent ? setInterval(() => this.retime(), ageTickMs) : null;
    this.tick?.unref();
    this.rebuild();
  }

  dispose(): void {
    if (this.tick) clearInterval(this.tick);
    for (const release of this.release.splice(0)) release();
    this.watchers.clear();
    this.rows = [];
  }

  /** Calls back after each change; the callback must be cheap. */
  watch(onChange: () => void): () => void {
    this.watchers.add(onChange);
    return () => this.watchers.delete(onChange);
  }

  facets(): Facet[] {
    this.facetList ??= this.facetCounts.list();
    return this.facetList;
  }

  sources(): SourceState[] {
    return this.inputs.map(({ rows, scope }) => {
      const status = rows.status();
      const size = scope === "all" ? "all" : scope.size;
      return {
        source: rows.source,
        ...status,
        ...(size === 0 ? { state: "forbidden" as const, error: undefined } : {}),
        scope: size,
      };
    });
  }

  get provisional(): boolean {
    return this.sources().some((source) => source.state === "syncing" || source.state === "off");
  }

  /** The index of the row with this key, or -1. */
  indexOf(key: string): number {
    const source = key.slice(0, key.indexOf("/"));
    const row = this.inputs.find((input) => input.rows.source === source)?.rows.get(key);
    const place = row ? placeOf(this.rows, row, this.compare) : -1;
    // The cache may be a moment ahead of this view: then the row stands where its old cells put it.
    return this.rows[place]?.key === key ? place : this.rows.findIndex((candidate) => candidate.key === key);
  }

  private apply(input: ViewInput, changes: readonly Change[]): void {
    // They are in the rows that are about to be read.
    if (this.rebuilding) return;
    if (
      this.filter.timeDependent ||
      (changes.length > rebuildLeast && changes.length > this.rows.length * rebuildShare)
    ) {
      this.rebuild();
      return;
    }
    let seen = false;
    for (const { before, after } of changes) {
      if (before && after && before.cells === after.cells && before.key === after.key) {
        continue;
      }
      if (before && inScope(input.scope, before.namespace)) seen = this.takeOut(before) || seen;
      if (after && inScope(input.scope, after.namespace)) seen = this.putIn(after) || seen;
    }
    if (seen) this.moved();
  }

  /** Takes a row out; true when a viewer could notice. */
  private takeOut(row: Row): boolean {
    this.all -= 1;
    const verdict = this.judge(row);
    if (verdict === false) return true;
    this.count(row, verdict, -1);
    if (verdict !== true) return true;
    const place = placeOf(this.rows, row, this.compare);
    if (this.rows[place]?.key === row.key) this.rows.splice(place, 1);
    return true;
  }

  private putIn(row: Row): boolean {
    this.all += 1;
    const verdict = this.judge(row);
    if (verdict === false) return true;
    this.count(row, verdict, 1);
    if (verdict !== true) return true;
    const last = this.rows.at(-1);
    if (!last || this.compare(last, row) < 0) this.rows.push(row);
    else this.rows.splice(placeOf(this.rows, row, this.compare), 0, row);
    return true;
  }

  private count(row: Row, verdict: true | string, by: 1 | -1): void {
    this.facetCounts.add(row, verdict === true ? null : verdict, by);
    this.facetList = null;
  }

  private judge(row: Row): Verdict {
    const now = this.now();
    let failing: string | null = null;
    for (const term of this.filter.terms) {
      if (term.test(row, now)) continue;
      if (term.column === null || (failing !== null && failing !== term.column)) return false;
      failing = term.column;
    }
    return failing ?? true;
  }

  private retime(): void {
    if (this.watchers.size > 0) this.rebuild();
  }

  private rebuild(): void {
    if (this.rebuilding) return;
    this.rebuilding = true;
    for (const { rows } of this.inputs) rows.flush();
    this.rebuilding = false;
    this.rows = [];
    this.all = 0;
    this.facetCounts.clear();
    this.facetList = null;
    for (const { rows, scope } of this.inputs) {
      for (const row of rows.rows()) {
        if (!inScope(scope, row.namespace)) continue;
        this.all += 1;
        const verdict = this.judge(row);
        if (verdict === false) continue;
        this.count(row, verdict, 1);
        if (verdict === true) this.rows.push(row);
      }
    }
    this.rows.sort(this.compare);
    this.moved();
  }

  private moved(): void {
    this.version += 1;
    for (const onChange of this.watchers) onChange();
  }
}
