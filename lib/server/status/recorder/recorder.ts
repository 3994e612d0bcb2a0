import { randomUUID } from "node:crypto";

import type { PublicState, PublicWords } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";
import { log } from "../../log.ts";
import type { Component } from "../components/component.ts";
import { listComponents } from "../components/component-store.ts";
import type { Measurement, RowsOf } from "../components/measure.ts";
import { measure } from "../components/measure.ts";
import { forgetOldIntervals, openIntervals, recentIntervals, turnInterval } from "../history/interval-store.ts";
import type { OpenInterval } from "../history/interval-store.ts";
import type { Turning } from "../history/turn.ts";
import { turn, unturned } from "../history/turn.ts";
import { recentIncidents } from "../incidents/incident-store.ts";
import { proposeIncident } from "../incidents/propose-incident.ts";
import { currentMaintenance, isUnderMaintenance } from "../maintenance/maintenance-store.ts";
import { compose } from "../published/compose.ts";
import { markChecked, publish } from "../published/document.ts";
import { HeldRows } from "./held-rows.ts";
import { dropLease, takeLease } from "./take-lease.ts";

export type RecorderOptions = {
  db: Database;
  title: PublicWords | null;
  /** The components of the YAML file. */
  fromFile: readonly Component[];
  rowsOf: RowsOf;
  /** Called after the public document was written. */
  published?: () => void;
  now?: () => number;
};

/** How often components are looked at, in ms. */
const tickMs = 5_000;
/** A server that did not say so for this long does not record any more, in ms. */
const leaseMs = 20_000;
/** Nobody recorded for longer than this: what was in between is not known, in ms. */
const gapMs = 60_000;
/** Running totals of the day are published this often, in ms. */
const composeMs = 15_000;

/** Looks at the components and, as the one of its installation that may, writes their history and what the public is shown. */
export class Recorder {
  private readonly options: RecorderOptions;
  private readonly now: () => number;
  private readonly holder = randomUUID();
  private readonly rows: HeldRows;
  private readonly turnings = new Map<string, Turning>();
  private found = new Map<string, Measurement>();
  private holding = false;
  private composed = 0;
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();
  private busy = false;
  private empty = false;
  private troubled = false;

  constructor(options: RecorderOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.rows = new HeldRows(options.rowsOf);
  }

  /** What each component was last measured as, on this server. */
  get measurements(): ReadonlyMap<string, Measurement> {
    return this.found;
  }

  /** Whether this is the server that records. */
  get records(): boolean {
    return this.holding;
  }

  start(): void {
    // A database that takes its time is not asked again before it has answered.
    this.timer = setInterval(() => void (this.busy || this.tick()), tickMs);
    void this.tick();
  }

  /** Looks at everything now, and publishes what people have just written. One at a time; never throws. */
  async tick(): Promise<void> {
    this.working = this.working.then(async () => {
      this.busy = true;
      try {
        await this.look();
        this.troubled = false;
      } catch (thrown) {
        this.forget();
        if (!this.troubled) log.error("status.recorder-failed", { message: String(thrown) });
        this.troubled = true;
      } finally {
        this.busy = false;
      }
    });
    await this.working;
  }

  /** The same at once, with the totals of the day. */
  async publishNow(): Promise<void> {
    this.composed = 0;
    await this.tick();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.working;
    this.rows.release();
    if (this.holding) await dropLease(this.options.db, this.holder).catch(() => undefined);
  }

  private async look(): Promise<void> {
    const { db, fromFile } = this.options;
    const components = (await listComponents(db, fromFile)).map(({ component }) => component);
    this.rows.hold(components);
    // Where there is no status page nothing is written every few seconds.
    if (components.length === 0 && this.empty && this.composed > 0) return;
    const now = this.now();
    this.found = new Map(components.map((component) => [component.id, measure(component, this.rows.get, now / 1000)]));
    const wrote = await db.transaction().execute(async (within) => {
      const { held, beat } = await takeLease(within, this.holder, now, leaseMs);
      if (!held) return false;
      const open = await openIntervals(within);
      if (beat !== null && now - beat > gapMs) {
        this.forget();
        await this.noteGap(within, open, beat);
      }
      this.holding = true;
      return await this.record(within, components, open, now);
    });
    this.empty = wrote && components.length === 0;
    if (wrote) this.options.published?.();
    else this.forget();
  }

  /** What was told goes on from what the last recorder wrote. */
  private forget(): void {
    this.holding = false;
    this.turnings.clear();
  }

  /** Nobody looked from the last beat on. */
  private async noteGap(db: Database, open: Map<string, OpenInterval>, beat: number): Promise<void> {
    for (const [component, { state, began }] of open) {
      if (state === "no-data") continue;
      const since = Math.max(beat, began);
      await turnInterval(db, component, "no-data", since);
      open.set(component, { state: "no-data", began: since });
      this.turnings.set(component, unturned(null));
    }
  }

  private async record(
    db: Database,
    components: readonly Component[],
    open: Map<string, OpenInterval>,
    now: number,
  ): Promise<boolean> {
    const planned = await currentMaintenance(db, now);
    const before = new Map(open);
    for (const component of components) {
      const { id } = component;
      const told = isUnderMaintenance(id, planned, now) ? "maintenance" : this.turned(component, open.get(id), now);
      const was = open.get(id)?.state;
      if (told === was) continue;
      await turnInterval(db, id, told, now);
      open.set(id, { state: told, began: now });
      log.info("status.turned", { component: id, state: told });
      if (told === "partial" || told === "major") await proposeIncident(db, id, now);
    }
    const known = new Set(components.map(({ id }) => id));
    for (const id of open.keys()) {
      if (known.has(id)) continue;
      await turnInterval(db, id, null, now);
      open.delete(id);
    }
    const same = open.size === before.size && [...open].every(([id, one]) => before.get(id)?.state === one.state);
    if (same && now - this.composed < composeMs) {
      await markChecked(db, now);
      return true;
    }
    await forgetOldIntervals(db, now);
    const intervals = await recentIntervals(db, now);
    const incidents = await recentIncidents(db, now);
    const { title } = this.options;
    await publish(db, compose({ title, components, open, intervals, incidents, maintenance: planned, now }), now);
    this.composed = now;
    return true;
  }

  private turned(component: Component, open: OpenInterval | undefined, now: number): PublicState {
    const { id, delay, hysteresis } = component;
    const before = this.turnings.get(id) ?? unturned(restored(open?.state));
    const measured = this.found.get(id)?.measured ?? "no-data";
    const after = turn(before, measured, now, { delayMs: delay * 1000, hysteresisMs: hysteresis * 1000 });
    this.turnings.set(id, after);
    return after.state ?? "no-data";
  }
}

/** What a component was told as before this server recorded. After maintenance nothing is known that would have to be waited for. */
function restored(state: PublicState | undefined): Turning["state"] {
  return state === undefined || state === "maintenance" ? null : state;
}
