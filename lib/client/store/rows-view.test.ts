import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Cell, WireRow } from "../../protocol/cell.ts";
import type { Patch, Snapshot } from "../../protocol/query.ts";
import type { RowsView } from "./rows-view.ts";
import { applyPatch, viewOf } from "./rows-view.ts";

/** A table on a server, in its smallest form: rows in order, and the window that somebody looks at. */
type World = { rows: WireRow[]; start: number; count: number };

function snapshotOf(world: World): Snapshot {
  return {
    epoch: "e1",
    total: world.rows.length,
    all: world.rows.length,
    start: world.start,
    rows: world.rows.slice(world.start, world.start + world.count),
    facets: [{ column: "status", values: [["Running", world.rows.length]], more: 0 }],
    sources: [],
    provisional: false,
    columns: ["name", "status", "labels"],
  };
}

/** The least that has to be said to get from one answer to the next. */
function patchBetween(before: Snapshot, later: Snapshot): Patch {
  const known = new Map(before.rows.map((row) => [row[0], row]));
  const rows: WireRow[] = [];
  const cells: NonNullable<Patch["cells"]> = [];
  for (const row of later.rows) {
    const old = known.get(row[0]);
    if (!old) {
      rows.push(row);
      continue;
    }
    const pairs: (number | Cell)[] = [];
    for (let i = 1; i < row.length; i++) {
      if (JSON.stringify(row[i]) !== JSON.stringify(old[i])) pairs.push(i - 1, row[i] ?? null);
    }
    if (pairs.length > 0) cells.push([row[0], ...pairs]);
  }
  const order = later.rows.map((row) => row[0]);
  const sameOrder = order.join() === before.rows.map((row) => row[0]).join();
  return {
    epoch: later.epoch,
    ...(later.total === before.total ? {} : { total: later.total, all: later.all, facets: later.facets }),
    ...(later.start === before.start ? {} : { start: later.start }),
    ...(sameOrder ? {} : { order }),
    ...(rows.length > 0 ? { rows } : {}),
    ...(cells.length > 0 ? { cells } : {}),
  };
}

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constantFrom("Running", "Pending", "Failed"),
  fc.integer({ min: 0, max: 9 }),
  fc.constant(null),
  fc.array(fc.constantFrom("app=web", "tier=db"), { maxLength: 2 }),
);
const name = fc.integer({ min: 0, max: 30 }).map((n) => `prod/shop/web-${n}`);
const anyRow: fc.Arbitrary<WireRow> = fc.tuple(name, cell, cell, cell);

const step = fc.oneof(
  fc.record({ do: fc.constant("put" as const), row: anyRow }),
  fc.record({ do: fc.constant("drop" as const), key: name }),
  fc.record({ do: fc.constant("window" as const), start: fc.nat(20), count: fc.nat(12) }),
  fc.record({ do: fc.constant("reverse" as const) }),
);

function after(world: World, change: typeof step extends fc.Arbitrary<infer T> ? T : never): World {
  switch (change.do) {
    case "put": {
      const rest = world.rows.filter((old) => old[0] !== change.row[0]);
      return { ...world, rows: [...rest, change.row].toSorted((a, b) => (a[0] < b[0] ? -1 : 1)) };
    }
    case "drop":
      return { ...world, rows: world.rows.filter((old) => old[0] !== change.key) };
    case "window":
      return { ...world, start: change.start, count: change.count };
    case "reverse":
      return { ...world, rows: world.rows.toReversed() };
  }
}

test("applying patches gives what a fresh snapshot gives, and leaves unchanged rows alone", () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 40 }), (batches) => {
      let world: World = { rows: [], start: 0, count: 8 };
      let view = viewOf(snapshotOf(world));
      for (const batch of batches) {
        const before = snapshotOf(world);
        for (const change of batch) world = after(world, change);
        const next = applyPatch(view, patchBetween(before, snapshotOf(world)));
        assert.ok(typeof next === "object");
        assert.deepEqual(next, viewOf(snapshotOf(world)));
        for (const kept of unchanged(view, next)) assert.equal(kept.now, kept.before);
        view = next;
      }
    }),
    { numRuns: 300 },
  );
});

function unchanged(before: RowsView, now: RowsView) {
  return now.rows.flatMap((row) => {
    const old = before.rows.find((one) => one.key === row.key);
    return old && JSON.stringify(old.cells) === JSON.stringify(row.cells) ? [{ now: row, before: old }] : [];
  });
}

test("a patch of another epoch waits for its snapshot; one that names unknown rows is broken", () => {
  const view = viewOf(snapshotOf({ rows: [["a/b", 1, 2, 3]], start: 0, count: 5 }));
  assert.equal(applyPatch(view, { epoch: "e2", total: 5 }), "other-epoch");
  assert.equal(applyPatch(view, { epoch: "e1", order: ["a/b", "a/c"] }), "broken");
});

test("a row may change and leave in one patch", () => {
  const view = viewOf(snapshotOf({ rows: [["a/b", 1, 2, 3]], start: 0, count: 5 }));
  const next = applyPatch(view, {
    epoch: "e1",
    order: [],
    cells: [
      ["a/b", 0, 9],
      ["x/y", 0, 1],
    ],
  });
  assert.ok(typeof next === "object");
  assert.deepEqual(next.rows, []);
});

test("nothing in a row's key or cells is special", () => {
  const view = viewOf(snapshotOf({ rows: [["__proto__", "constructor", null, null]], start: 0, count: 5 }));
  const next = applyPatch(view, {
    epoch: "e1",
    cells: [["__proto__", 1, "x"]],
    rows: [["toString", 1, 2, 3]],
    order: ["toString", "__proto__"],
  });
  assert.ok(typeof next === "object");
  assert.deepEqual(
    next.rows.map((r) => r.key),
    ["toString", "__proto__"],
  );
  assert.deepEqual(next.rows[1]?.cells, ["constructor", "x", null]);
});

test("a patch tells the facets that changed, and the others stay", () => {
  const world: World = { rows: [["a", "Running"]], start: 0, count: 5 };
  const node: Snapshot["facets"][number] = { column: "node", values: [["real-1", 1]], more: 0 };
  const status: Snapshot["facets"][number] = { column: "status", values: [["Failed", 1]], more: 0 };
  const before = viewOf({ ...snapshotOf(world), facets: [...snapshotOf(world).facets, node] });
  const view = applyPatch(before, { epoch: "e1", facets: [status] });
  assert.ok(typeof view === "object");
  assert.deepEqual(view.facets, [status, node]);
});
