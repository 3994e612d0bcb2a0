import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { printView, queryOf, readView } from "./view-address.ts";

test("an address reads like what it means", () => {
  const view = {
    in: ["prod", "stage"],
    q: "ns:shop,pay image:*/nginx restarts>5",
    sort: "-restarts",
    cols: ["name", "status"],
  };
  assert.equal(
    printView(view),
    "?in=prod,stage&q=ns:shop,pay+image:*/nginx+restarts%3E5&sort=-restarts&cols=name,status",
  );
});

test("a view that says nothing has no search part", () => {
  assert.equal(printView({ in: [], q: " ", sort: "", cols: [] }), "");
});

test("what is printed is read back", () => {
  const slug = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !text.includes(","));
  const view = fc.record(
    {
      in: fc.uniqueArray(slug, { maxLength: 5 }),
      q: fc.string({ unit: "grapheme" }).map((text) => text.trim()),
      sort: slug,
      cols: fc.uniqueArray(slug, { maxLength: 5 }),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(view, (given) => assert.deepEqual(readView(new URLSearchParams(printView(given))), given)));
});

test("a sort by what there is not is left out of the query", () => {
  const kind = { id: "events", sort: "-last", column: new Map([["last", {}]]) };
  const sort = (text: string): string => queryOf(kind, { in: [], q: "", sort: text, cols: [] }, [], 50).sort;
  assert.deepEqual(["", "last", "-source", "-nope"].map(sort), ["-last", "last", "-source", "-last"]);
});

test("an address beyond the bounds is cut", () => {
  const read = readView(
    new URLSearchParams({ in: Array.from({ length: 200 }, (_, i) => `c${i}`).join(","), q: "x".repeat(9000) }),
  );
  assert.equal(read.in.length, 64);
  assert.equal(read.q.length, 4000);
});
