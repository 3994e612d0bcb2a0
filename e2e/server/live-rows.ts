import type { Cell, WireRow } from "../../lib/protocol/cell.ts";
import type { Patch, Snapshot, SourceState } from "../../lib/protocol/query.ts";
import type { LiveSocket } from "./live-socket.ts";
import type { Heard } from "./subscription.ts";
import { Subscription } from "./subscription.ts";

/** A window that patches are applied to: the protocol read a second time, so that the client's own reading is not trusted here. */
export class LiveRows extends Subscription {
  view: Snapshot | null = null;
  snapshots = 0;
  patches = 0;
  /** What a patch said that cannot be: rows that nobody was told of, another epoch. */
  readonly faults: string[] = [];
  private readonly resumed: boolean;

  /** `resumed`: its rows came by another way, and only patches follow. */
  constructor(socket: LiveSocket, id: number, resumed: boolean) {
    super(socket, id);
    this.resumed = resumed;
  }

  override hear(message: Heard): void {
    if (message.t === "snapshot") {
      const { t: _, id: __, ...snapshot } = message;
      this.view = snapshot;
      this.snapshots += 1;
    } else if (message.t === "patch") {
      this.patches += 1;
      if (this.view) this.apply(message, this.view);
      else if (!this.resumed) this.faults.push("a patch before any rows");
    }
    super.hear(message);
  }

  get keys(): string[] {
    return this.now.rows.map(([key]) => key);
  }

  get now(): Snapshot {
    if (!this.view) throw new Error("there is no snapshot yet");
    return this.view;
  }

  /** One cell by the row's key and the column's id; undefined where there is no such row. */
  cell(key: string, column: string): Cell | undefined {
    const row = this.now.rows.find(([each]) => each === key);
    return row === undefined ? undefined : (row[this.now.columns.indexOf(column) + 1] ?? null);
  }

  /** How many rows of the whole view have this value, by the facet; undefined where the facet does not name it. */
  facet(column: string, value: string): number | undefined {
    const facet = this.now.facets.find((each) => each.column === column);
    return facet?.values.find(([each]) => each === value)?.[1];
  }

  state(source?: string): SourceState["state"] | undefined {
    const { sources } = this.view ?? { sources: [] };
    return (source === undefined ? sources[0] : sources.find((each) => each.source === source))?.state;
  }

  move(start: number, count: number): void {
    this.socket.send({ t: "window", id: this.id, start, count });
  }

  /** Waits for rows of which the server says that they are all. */
  whole(seconds = 30): Promise<number> {
    return this.until(() => this.view !== null && !this.view.provisional, "whole rows", seconds);
  }

  private apply(patch: Patch, view: Snapshot): void {
    if (patch.epoch !== view.epoch) this.faults.push(`a patch of ${patch.epoch} for ${view.epoch}`);
    const rows = new Map<string, Cell[]>(view.rows.map(([key, ...cells]) => [key, cells]));
    for (const [key, ...cells] of patch.rows ?? []) rows.set(key, cells);
    for (const [key, ...pairs] of patch.cells ?? []) {
      const cells = rows.get(key);
      if (!cells) this.faults.push(`cells of ${key}, which is not in the window`);
      else
        for (let place = 0; place < pairs.length; place += 2) cells[pairs[place] as number] = pairs[place + 1] as Cell;
    }
    const order = patch.order ?? view.rows.map(([key]) => key);
    const missing = order.filter((key) => !rows.has(key));
    if (missing.length > 0) this.faults.push(`an order with ${missing.join(", ")}, of which there was no row`);
    const next = order.flatMap((key): WireRow[] => (rows.has(key) ? [[key, ...(rows.get(key) ?? [])]] : []));
    const { epoch: _, order: __, rows: ___, cells: ____, ...rest } = patch;
    this.view = { ...view, ...rest, facets: mergeFacets(view, patch), rows: next };
  }
}

/** A patch names the facets that changed. */
function mergeFacets(view: Snapshot, patch: Patch): Snapshot["facets"] {
  const changed = new Map((patch.facets ?? []).map((facet) => [facet.column, facet]));
  return view.facets.map((facet) => changed.get(facet.column) ?? facet);
}
