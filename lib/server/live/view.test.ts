import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { kinds } from "../../kinds/index.ts";
import type { Kind } from "../../kinds/kind.ts";
import type { Cell, WireRow } from "../../protocol/cell.ts";
import type { KubeObject } from "../../protocol/object.ts";
import type { Patch, Snapshot } from "../../protocol/query.ts";
import { compile } from "../../query/compile.ts";
import { parse } from "../../query/parse.ts";
import type { Scope } from "../access/scope.ts";
import { DerivedRows } from "../cache/derived-rows.ts";
import type { RowSource } from "../cache/row-source.ts";
import { rowOrder } from "./row-order.ts";
import { FakeRows } from "./fake-rows.ts";
import { View } from "./view.ts";
import { Window } from "./window.ts";

const pods = kindOf("pods");
const containers = kindOf("containers");
const namespaces = ["shop", "pay", "ops"];
const now = () => 1_800_000_000;

function kindOf(id: string): Kind {
  const kind = kinds.get(id);
  assert.ok(kind);
  return kind;
}

type Step =
  | { type: "put"; pod: PodShape }
  | { type: "remove"; namespace: string; name: string; source: number }
  | { type: "flush" }
  | { type: "move"; start: number; count: number };

type PodShape = {
  namespace: string;
  name: string;
  source: number;
  phase: string;
  node: string;
  restarts: number;
  uid: string;
  sidecar: boolean;
};

const podShape: fc.Arbitrary<PodShape> = fc.record({
  namespace: fc.constantFrom(...namespaces),
  name: fc.constantFrom("a", "b", "b-1", "c", "d", "e", "web-1", "web-2"),
  source: fc.integer({ min: 0, max: 1 }),
  phase: fc.constantFrom("Running", "Pending", "Failed", "Succeeded"),
  node: fc.constantFrom("n1", "n2", "n3", ""),
  restarts: fc.integer({ min: 0, max: 3 }),
  uid: fc.constantFrom("u1", "u2"),
  sidecar: fc.boolean(),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: podShape.map((pod) => ({ type: "put" as const, pod })) },
  {
    weight: 2,
    arbitrary: podShape.map(({ namespace, name, source }) => ({ type: "remove" as const, namespace, name, source })),
  },
  { weight: 3, arbitrary: fc.constant({ type: "flush" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("move" as const),
      start: fc.integer({ min: 0, max: 30 }),
      count: fc.integer({ min: 0, max: 8 }),
    }),
  },
);

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>("all"),
  fc.subarray(namespaces).map((some): Scope => new Set(some)),
);

const question = fc.record({
  q: fc.constantFrom(
    "",
    "status:Running",
    "-ns:pay",
    "node:n1,n2",
    "restarts>1 status:Running",
    "web",
    "status:Pending node:n1",
    "ns:shop",
  ),
  sort: fc.constantFrom("", "-restarts", "status", "node", "-name", "source", "-source"),
  scopes: fc.tuple(scope, scope),
});

function podOf({ namespace, name, phase, node, restarts, uid, sidecar }: PodShape, version: number): KubeObject {
  const statuses = [{ name: "main", restartCount: restarts, ready: phase === "Running", state: { running: {} } }];
  return {
    metadata: { name, namespace, uid, resourceVersion: String(version), creationTimestamp: "2026-11-24T00:00:00Z" },
    spec: {
      ...(node === "" ? {} : { nodeName: node }),
      containers: [{ name: "main", image: "web" }, ...(sidecar ? [{ name: "proxy", image: "envoy" }] : [])],
    },
    status: { phase, containerStatuses: statuses },
  };
}

/** What a viewer holds, kept up to date by patches alone, as the browser does. */
class Viewer {
  state: Snapshot;

  constructor(snapshot: Snapshot) {
    this.state = snapshot;
  }

  apply(patch: Patch): void {
    const rows = new Map<string, WireRow>(this.state.rows.map((row) => [row[0], row]));
    for (const row of patch.rows ?? []) rows.set(row[0], row);
    for (const [key, ...pairs] of patch.cells ?? []) {
      const known = rows.get(key);
      assert.ok(known, "cells of a row that the viewer does not have");
      const next: [string, ...Cell[]] = [...known];
      for (let at = 0; at < pairs.length; at += 2) next[Number(pairs[at]) + 1] = pairs[at + 1] ?? null;
      rows.set(key, next);
    }
    const order = patch.order ?? this.state.rows.map((row) => row[0]);
    const { rows: _rows, cells: _cells, order: _order, facets, ...rest } = patch;
    const facetsByColumn = new Map(this.state.facets.map((facet) => [facet.column, facet]));
    for (const facet of facets ?? []) facetsByColumn.set(facet.column, facet);
    this.state = {
      ...this.state,
      ...rest,
      facets: [...facetsByColumn.values()],
      rows: order.map((key) => {
        const row = rows.get(key);
        assert.ok(row, "an order that names a row the viewer does not have");
        return row;
      }),
    };
  }
}

function runSteps(
  kind: Kind,
  steps: readonly Step[],
  { q, sort, scopes }: { q: string; sort: string; scopes: readonly [Scope, Scope] },
): void {
  const bases = [new FakeRows("east", pods), new FakeRows("west", pods)] as const;
  const inputs = bases.map((rows, at): { rows: RowSource; scope: Scope } => ({
    rows: kind.derived ? new DerivedRows(kind, rows) : rows,
    scope: scopes[at] ?? "all",
  }));
  const fresh = () => new View({ kind, inputs, filter: compile(parse(q), kind), compare: rowOrder(kind, sort), now });
  const columns = kind.columns.filter((column) => column.show !== "internal");
  const view = fresh();
  const window = new Window(view, columns, 0, 5);
  const viewer = new Viewer(window.snapshot());
  let count = 5;
  let version = 1;
  for (const one of steps) {
    if (one.type === "put") bases[one.pod.source]?.put(podOf(one.pod, (version += 1)));
    else if (one.type === "remove")
      bases[one.source]?.remove(`${one.source === 0 ? "east" : "west"}/${one.namespace}/${one.name}`);
    else {
      // Made while there are changes that nobody was told of yet.
      const early = fresh();
      for (const base of bases) base.flush();
      if (one.type === "move") {
        count = one.count;
        window.move(one.start, count);
      }
      const patch = window.patch();
      if (patch) viewer.apply(patch);
      const again = fresh();
      assert.deepEqual(view.rows.map(plain), again.rows.map(plain), "rows");
      assert.deepEqual(early.rows.map(plain), again.rows.map(plain), "rows of a view made in between");
      assert.equal(early.all, again.all);
      assert.deepEqual(early.facets(), again.facets());
      early.dispose();
      assert.equal(view.all, again.all, "all");
      assert.deepEqual(view.facets(), again.facets(), "facets");
      const { start, rows, total, all, facets } = viewer.state;
      const shown = again.rows.slice(start, start + count);
      assert.deepEqual(
        rows,
        shown.map((row) => [row.key, ...columns.map((column) => row.cells[column.index] ?? null)]),
        "what the viewer has",
      );
      assert.equal(total, again.rows.length);
      assert.equal(all, again.all);
      assert.deepEqual(facets, again.facets());
      for (const row of view.rows) {
        const seen = row.key.startsWith("east/") ? scopes[0] : scopes[1];
        assert.ok(seen === "all" || seen.has(row.namespace), "a row out of scope");
      }
      again.dispose();
    }
  }
  view.dispose();
  assert.equal(bases[0].holders + bases[1].holders, 0, "a disposed view holds nothing");
}

test("a view kept by changes, and a viewer kept by patches, equal a view made anew: pods", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), question, (steps, asked) =>
      runSteps(pods, [...steps, { type: "flush" }], asked),
    ),
    {
      numRuns: 400,
    },
  );
});

test("the same for rows that are derived from other rows: containers", () => {
  const asked = question.map((one) => ({
    ...one,
    q: one.q.replace("status", "state"),
    sort: one.sort.replace("status", "state"),
  }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), asked, (steps, each) =>
      runSteps(containers, [...steps, { type: "flush" }], each),
    ),
    {
      numRuns: 200,
    },
  );
});

test("a window is anchored on its first row, and at the top stays at the top", () => {
  const rows = new FakeRows("east", pods);
  for (const name of ["b", "c", "d", "e"]) rows.put(podOf(shape(name), 1));
  rows.flush();
  const view = new View({
    kind: pods,
    inputs: [{ rows, scope: "all" }],
    filter: compile(parse(""), pods),
    compare: rowOrder(pods, ""),
    now,
  });
  const columns = pods.columns.slice(0, 1);
  const below = new Window(view, columns, 2, 2);
  const top = new Window(view, columns, 0, 2);
  below.snapshot();
  top.snapshot();
  rows.put(podOf(shape("a"), 2));
  rows.flush();
  assert.deepEqual(below.patch(), { epoch: view.epoch, total: 5, all: 5, start: 3, facets: view.facets() });
  const patch = top.patch();
  assert.deepEqual(patch?.order, ["east/shop/a", "east/shop/b"]);
  assert.equal(patch?.start, undefined);
  view.dispose();
});

test("a change of the version alone is nothing to a viewer", () => {
  const rows = new FakeRows("east", pods);
  rows.put(podOf(shape("a"), 1));
  rows.flush();
  const view = new View({
    kind: pods,
    inputs: [{ rows, scope: "all" }],
    filter: compile(parse(""), pods),
    compare: rowOrder(pods, ""),
    now,
  });
  const before = view.version;
  rows.put(podOf(shape("a"), 2));
  rows.flush();
  assert.equal(view.version, before);
  view.dispose();
});

test("states of sources reach the viewer, and one without any right is forbidden", () => {
  const rows = new FakeRows("east", pods);
  const view = new View({
    kind: pods,
    inputs: [{ rows, scope: new Set() }],
    filter: compile(parse(""), pods),
    compare: rowOrder(pods, ""),
    now,
  });
  assert.equal(view.sources()[0]?.state, "forbidden");
  view.dispose();
  const open = new View({
    kind: pods,
    inputs: [{ rows, scope: "all" }],
    filter: compile(parse(""), pods),
    compare: rowOrder(pods, ""),
    now,
  });
  const window = new Window(open, pods.columns.slice(0, 1), 0, 5);
  window.snapshot();
  rows.tell({ state: "stale", since: 5, error: "connection refused" });
  assert.deepEqual(window.patch()?.sources, [
    { source: "east", state: "stale", since: 5, error: "connection refused", scope: "all" },
  ]);
  open.dispose();
});

function shape(name: string): PodShape {
  return { namespace: "shop", name, source: 0, phase: "Running", node: "n1", restarts: 0, uid: "u1", sidecar: false };
}

function plain({ key, uid, cells }: { key: string; uid: string; cells: readonly Cell[] }) {
  return { key, uid, cells };
}
