import type { Column, Kind } from "../../kinds/kind.ts";
import type { Cell } from "../../protocol/cell.ts";
import type { WireError } from "../../protocol/error.ts";
import type { Patch, Query, Snapshot, SourceState } from "../../protocol/query.ts";
import { pause } from "../../shared/pause.ts";
import type { Person } from "../access/person.ts";
import type { Scope } from "../access/scope.ts";
import { nothing, sameScope } from "../access/scope.ts";
import type { ScopeResolver } from "../access/scope-resolver.ts";
import type { Catalog } from "../cache/catalog.ts";
import { StowageError } from "../error.ts";
import { sourcesOf } from "./sources-for.ts";
import type { View } from "./view.ts";
import type { Views } from "./views.ts";
import { Window } from "./window.ts";

export type LiveQueryDoors = { catalog: Catalog; scopes: ScopeResolver; views: Views };

/** A source that has not said after this time what a person may see is shown as syncing and looked at again when it has, in ms. */
const scopeWaitMs = 150;

/** What a person sees of one source, and why not. */
type Sight = { scope: Scope; trouble: WireError | null; pending: boolean };
type Sights = ReadonlyMap<string, Sight>;

const unanswered: Sight = { scope: nothing, trouble: null, pending: true };

/**
 * One person's live query: a window on the view of their own scope. The scope is asked again by `rescope`; when it changed, the
 * query goes over to another view, and what is said next is a snapshot.
 */
export class LiveQuery {
  readonly person: Person;
  readonly query: Query;
  private readonly doors: LiveQueryDoors;
  private readonly kind: Kind;
  private readonly columns: readonly Column[];
  private sights: Sights;
  private view: View;
  private window: Window;
  private release: () => void;
  private unwatch: () => void = () => undefined;
  private onChange: () => void = () => undefined;
  private fresh = true;
  private failure: Error | null = null;
  private closed = false;
  private start: number;
  private count: number;

  private constructor(person: Person, query: Query, doors: LiveQueryDoors, sights: Sights) {
    this.person = person;
    this.query = query;
    this.doors = doors;
    this.kind = doors.catalog.kind(query.kind);
    this.columns = columnsOf(this.kind, query.columns);
    this.sights = sights;
    this.start = query.start;
    this.count = query.count;
    const { view, release } = this.hold();
    this.view = view;
    this.release = release;
    this.window = this.windowOn(view);
  }

  /** Throws `unknown-kind`, `unknown-source`, `bad-query`. */
  static async open(person: Person, query: Query, doors: LiveQueryDoors): Promise<LiveQuery> {
    const live: { query: LiveQuery | null } = { query: null };
    const early = new Map<string, Sight>();
    const learn = (source: string, sight: Sight) => {
      if (live.query) live.query.learn(source, sight);
      else early.set(source, sight);
    };
    const known = await sightsOf(person, query, doors, learn);
    const kind = doors.catalog.kind(query.kind);
    const pending = sourcesOf(kind, person, query.in, doors.catalog).map((source): [string, Sight] => [
      source,
      unanswered,
    ]);
    live.query = new LiveQuery(person, query, doors, new Map([...pending, ...known, ...early]));
    return live.query;
  }

  /** Calls back when there may be something to say. One listener at a time: the socket that the query belongs to. */
  watch(onChange: () => void): void {
    this.onChange = onChange;
    this.unwatch();
    this.unwatch = this.view.watch(onChange);
  }

  move(start: number, count: number): void {
    this.start = start;
    this.count = count;
    this.window.move(start, count);
    this.onChange();
  }

  /** What there is to say: a snapshot first and after a change of scope, patches otherwise, null for nothing. Throws `forbidden` as `rescope` does. */
  next(): { snapshot: Snapshot } | { patch: Patch } | null {
    if (this.failure) throw this.failure;
    if (this.fresh) return { snapshot: this.snapshot() };
    const patch = this.window.patch();
    return patch ? { patch } : null;
  }

  snapshot(options: { exact?: boolean } = {}): Snapshot {
    this.fresh = false;
    return this.window.snapshot(options);
  }

  /** Whether the first rows are as they will be once everything is synced, or nothing more is to be waited for. */
  get settled(): boolean {
    return !this.view.provisional && [...this.sights.values()].every((sight) => !sight.pending);
  }

  /** The cells of one column over all rows that match; for statistics of the person's own scope. */
  *cells(index: number): Iterable<Cell> {
    for (const row of this.view.rows) yield row.cells[index] ?? null;
  }

  /**
   * Asks the sources again what the person may see. Throws `forbidden` when that was something and is nothing any more. A source
   * that takes its time is seen as before until it has answered, and holds up none of the others.
   */
  async rescope(): Promise<void> {
    const found = await sightsOf(this.person, this.query, this.doors, (source, sight) => this.learn(source, sight));
    this.adopt(new Map([...this.sights, ...found]));
  }

  private learn(source: string, sight: Sight): void {
    try {
      this.adopt(new Map([...this.sights, [source, sight]]));
    } catch (thrown) {
      // Nobody waits for this answer: whoever reads next is told.
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.onChange();
    }
  }

  private adopt(sights: Sights): void {
    if (this.closed || sameSights(sights, this.sights)) return;
    const had = [...this.sights.values()].some(({ scope }) => seesAnything(scope));
    const has = [...sights.values()].some(
      ({ scope, trouble, pending }) => seesAnything(scope) || trouble !== null || pending,
    );
    this.sights = sights;
    if (had && !has) throw new StowageError("forbidden");
    this.release();
    const { view, release } = this.hold();
    this.view = view;
    this.release = release;
    this.window = this.windowOn(view);
    this.fresh = true;
    this.watch(this.onChange);
    this.onChange();
  }

  close(): void {
    this.closed = true;
    this.unwatch();
    this.release();
  }

  private hold(): { view: View; release: () => void } {
    const scopes = new Map([...this.sights].map(([source, sight]) => [source, sight.scope]));
    return this.doors.views.hold({ kind: this.kind, q: this.query.q, sort: this.query.sort, scopes });
  }

  private windowOn(view: View): Window {
    return new Window(view, this.columns, this.start, this.count, (state) =>
      seen(state, this.sights.get(state.source)),
    );
  }
}

/** The state of a source as this person has it: one that cannot be asked is down for them, one that has not answered is syncing. */
function seen(state: SourceState, sight: Sight | undefined): SourceState {
  if (!sight || seesAnything(sight.scope)) return state;
  if (sight.pending) return { ...state, state: "syncing" };
  if (sight.trouble) return { ...state, state: "down", error: sight.trouble.detail ?? sight.trouble.code };
  return state;
}

function seesAnything(scope: Scope): boolean {
  return scope === "all" || scope.size > 0;
}

function sameSights(a: Sights, b: Sights): boolean {
  return [...a].every(([source, sight]) => {
    const other = b.get(source);
    return (
      other !== undefined &&
      sameScope(sight.scope, other.scope) &&
      sight.pending === other.pending &&
      // Trouble is shown only where nothing else is.
      (seesAnything(sight.scope) || sight.trouble?.code === other.trouble?.code)
    );
  });
}

/**
 * What the person sees of the sources that are meant, as far as they answer in time; `learn` is called with what the others say,
 * when they have.
 */
async function sightsOf(
  person: Person,
  query: Query,
  doors: LiveQueryDoors,
  learn: (source: string, sight: Sight) => void,
): Promise<Map<string, Sight>> {
  const { catalog, scopes } = doors;
  const kind = catalog.kind(query.kind);
  const found = new Map<string, Sight>();
  await Promise.all(
    sourcesOf(kind, person, query.in, catalog).map(async (source) => {
      const base = catalog.baseOf(source, kind);
      const answer = scopes.answer(person, source, base).then((given): Sight => ({ ...given, pending: false }));
      const guess = scopes.atOnce(person, source, base);
      const stop = new AbortController();
      const inTime = await Promise.race([answer, pause(guess ? 0 : scopeWaitMs, stop.signal).then(() => null)]);
      stop.abort();
      if (inTime) {
        found.set(source, inTime);
        return;
      }
      if (guess) found.set(source, { ...guess, pending: false });
      void answer.then((sight) => learn(source, sight));
    }),
  );
  return found;
}

/** The columns that travel: those asked for, or the kind's standard ones, with what their printing needs. */
function columnsOf(kind: Kind, wanted: readonly string[]): Column[] {
  const ids = new Set<string>();
  const chosen =
    wanted.length > 0 ? wanted : kind.columns.filter((column) => column.show === "standard").map((column) => column.id);
  for (const id of chosen) {
    const column = kind.column.get(id);
    if (!column || column.show === "internal") throw new StowageError("bad-query", `${kind.id} has no column ${id}`);
    ids.add(id);
    for (const needed of column.needs ?? []) ids.add(needed);
  }
  return kind.columns.filter((column) => ids.has(column.id));
}
