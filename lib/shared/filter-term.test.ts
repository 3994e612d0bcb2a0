import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parse } from "../query/parse.ts";
import { filterTerm } from "./filter-term.ts";

test("plain values stay bare, all others are quoted", () => {
  assert.equal(filterTerm("ns", "shop"), "ns:shop");
  assert.equal(filterTerm("node", "worker-3.example_1"), "node:worker-3.example_1");
  assert.equal(filterTerm("owner", "ReplicaSet/web-7d9"), 'owner:"ReplicaSet/web-7d9"');
  assert.equal(filterTerm("name", 'a"b\\c'), 'name:"a\\"b\\\\c"');
  assert.equal(filterTerm("name", ""), 'name:""');
  assert.equal(filterTerm("name", "*"), 'name:"*"');
});

test("the filter language reads any value back as it was", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20, unit: "binary" }), (value) => {
      const { terms, problems } = parse(`${filterTerm("name", value)} ${filterTerm("ns", value)}`);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        terms.map((term) => (term.type === "field" ? term.values.map(({ parts }) => parts) : term)),
        [[[value]], [[value]]],
      );
    }),
  );
});
