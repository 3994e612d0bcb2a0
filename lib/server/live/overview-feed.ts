import { kinds } from "../../kinds/index.ts";
import type { Kind } from "../../kinds/kind.ts";
import type { Overview, SourceSummary } from "../../protocol/overview.ts";
import { pause } from "../../shared/pause.ts";
import type { Person } from "../access/person.ts";
import type { ScopeAnswer, ScopeResolver } from "../access/scope-resolver.ts";
import type { Catalog } from "../cache/catalog.ts";
import type { Feed } from "./feed.ts";
import { briefOf, countOf, overviewOf } from "./overview.ts";
import type { Seen, SeenSource } from "./overview.ts";
import { sourcesFor } from "./sources-for.ts";

export type OverviewDoors = { catalog: Catalog; scopes: ScopeResolver; summary: (source: string) => OverviewSummary };

/** What is known of a source besides its rows. */
export type OverviewSummary = Pick<SourceSummary, "type" | "title" | "version">;

/** An overview is worked out at most this often, in ms: it goes over every pod. */
const workMs = 1_000;

/** A source that does not say in this time what a person may see is shown as far as it is known, in ms. */
const openWaitMs = 150;

/** One person's overview of some sources. It watches pods, nodes and deployments; other kinds are counted where they are watched anyway. */
export class OverviewFeed implements Feed {
  private readonly person: Person;
  private readonly sources: readonly string[];
  private readonly doors: OverviewDoors;
  private readonly brief: boolean;
  private readonly release: (() => void)[] = [];
  private onChange: () => void = () => undefined;
  private seen: Map<string, Map<string, Seen>> = new Map();
  private troubles = new Map<string, string>();
  private said = "";
  private worked = 0;
  private dirty = true;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  private constructor(person: Person, sources: readonly string[], doors: OverviewDoors, brief: boolean) {
    this.person = person;
    this.sources = sources;
    this.doors = doors;
    this.brief = brief;
  }

  /** Throws `unknown-source`. */
  static async open(
    person: Person,
    wanted: readonly string[],
    doors: OverviewDoors,
    { brief = false } = {},
  ): Promise<OverviewFeed> {
    const feed = new OverviewFeed(person, sourcesFor(person, wanted, doors.catalog), doors, brief);
    const answers = feed.sources.map((source) => ({ source, answer: feed.rescope(source) }));
    const worthWaiting = answers.filter(({ source }) => !doors.scopes.atOnce(person, source, feed.mainKind(source)));
    const stop = new AbortController();
    await Promise.race([Promise.all(worthWaiting.map(({ answer }) => answer)), pause(openWaitMs, stop.signal)]);
    stop.abort();
    for (const source of feed.sources) {
      const main = doors.catalog.typeOf(source) === "cluster" ? ["pods", "nodes", "deployments.apps"] : ["containers"];
      for (const id of main) {
        const rows = doors.catalog.rows(source, doors.catalog.kind(id));
        feed.release.push(rows.acquire(), rows.listen({ changed: () => feed.touch(), status: () => feed.touch() }));
      }
    }
    return feed;
  }

  watch(onChange: () => void): void {
    this.onChange = onChange;
  }

  now(): Overview {
    const sources = this.sources.map((source) => this.seenSource(source));
    return this.brief ? briefOf(sources, this.counts()) : overviewOf(sources, this.counts(), Date.now() / 1000);
  }

  next() {
    if (!this.dirty) return null;
    const wait = this.worked + workMs - Date.now();
    if (wait > 0) {
      this.wake(wait);
      return null;
    }
    this.dirty = false;
    this.worked = Date.now();
    const overview = this.now();
    const text = JSON.stringify(overview);
    if (text === this.said) return null;
    this.said = text;
    return { t: "overview" as const, ...overview };
  }

  async recheck(): Promise<void> {
    await Promise.all(this.sources.map((source) => this.rescope(source)));
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const release of this.release.splice(0)) release();
  }

  /** Whether every source has said all there is, or that it cannot. */
  get settled(): boolean {
    return this.sources.every((source) => {
      const { state } = this.doors.catalog.rows(source, this.mainKind(source)).status();
      return state !== "off" && state !== "syncing";
    });
  }

  /** The kind whose state is the source's. */
  private mainKind(source: string): Kind {
    const { catalog } = this.doors;
    return catalog.kind(catalog.typeOf(source) === "cluster" ? "pods" : "containers");
  }

  private touch(): void {
    this.dirty = true;
    this.wake(Math.max(0, this.worked + workMs - Date.now()));
  }

  private wake(ms: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.onChange();
    }, ms);
  }

  private async rescope(source: string): Promise<void> {
    const { catalog, scopes } = this.doors;
    await Promise.all(
      this.kindsIn(source).map(async (kind) => {
        const base = catalog.baseOf(source, kind);
        const guess = scopes.atOnce(this.person, source, base);
        if (guess) this.learn(source, kind, guess);
        this.learn(source, kind, await scopes.answer(this.person, source, base));
      }),
    );
    this.touch();
  }

  private learn(source: string, kind: Kind, { scope, trouble }: ScopeAnswer): void {
    const bySource = this.seen.get(source) ?? new Map<string, Seen>();
    bySource.set(kind.id, { rows: this.doors.catalog.rows(source, kind), scope });
    this.seen.set(source, bySource);
    if (trouble) this.troubles.set(source, trouble.detail ?? trouble.code);
    else this.troubles.delete(source);
  }

  private seenOf(source: string, kind: string): Seen {
    const { catalog } = this.doors;
    const none: Seen = { rows: catalog.rows(source, catalog.kind(kind)), scope: new Set() };
    return this.seen.get(source)?.get(kind) ?? none;
  }

  private seenSource(source: string): SeenSource {
    const main = this.seenOf(source, this.mainKind(source).id);
    const nothing = main.scope !== "all" && main.scope.size === 0;
    const trouble = this.troubles.get(source);
    const unanswered = !this.seen.get(source)?.has(main.rows.kind.id);
    const status =
      nothing && trouble !== undefined
        ? { ...main.rows.status(), state: "down" as const, error: trouble }
        : main.rows.status();
    const summary = {
      source,
      ...this.doors.summary(source),
      ...(nothing && trouble === undefined
        ? { ...status, state: unanswered ? ("syncing" as const) : ("forbidden" as const) }
        : status),
      scope: main.scope === "all" ? ("all" as const) : main.scope.size,
    };
    if (this.doors.catalog.typeOf(source) === "engine") return { summary, containers: main };
    const [nodes, deployments] = [this.seenOf(source, "nodes"), this.seenOf(source, "deployments.apps")];
    return { summary, pods: main, nodes, deployments };
  }

  private kindsIn(source: string): Kind[] {
    return [...kinds.values()].filter((kind) => this.doors.catalog.holds(source, kind));
  }

  private counts(): Record<string, number | null> {
    const counts: Record<string, number | null> = {};
    for (const kind of kinds.values()) {
      const known = this.sources
        .filter((source) => this.doors.catalog.holds(source, kind))
        .map((source) => countOf(this.seenOf(source, kind.id)))
        .filter((count) => count !== null);
      counts[kind.id] = known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
    }
    return counts;
  }
}
