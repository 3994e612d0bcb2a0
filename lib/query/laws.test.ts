import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { defineKind } from "../kinds/kind.ts";
import { filterTerm } from "../shared/filter-term.ts";
import { textsWith } from "./arbitrary-text.ts";
import { compile, matches } from "./compile.ts";
import { parse } from "./parse.ts";
import { sampleNow, sampleWith } from "./sample-kind.ts";

const sample = sampleWith(defineKind);
const { anyText, longerText } = textsWith(fc);

/** Text that mostly is a filter that the sample kind understands. */
const plausibleText = fc
  .array(
    fc
      .tuple(
        fc.constantFrom("", "", "-"),
        fc.constantFrom(
          "web",
          "*",
          "we*1",
          '"a b"',
          "status:Running",
          "STATUS:running,Pending",
          "status:",
          "status:*",
          "status:<none>",
          "status:Run*",
          "health:failing,ok",
          "health:w*",
          "restarts>3",
          "restarts:0,5",
          "restarts<=5",
          "restarts:",
          "cpu>=250m",
          "cpu:0.5",
          "mem<1Gi",
          "age<1h",
          "age:2d",
          "created>=2026-11-24",
          "created:2026-11",
          "label:app",
          "label:app=web",
          "label:app!=web",
          "label:!app",
          "image:*nginx*",
          "ns:shop,pay",
          "sa=default",
        ),
      )
      .map(([minus, term]) => minus + term),
    { maxLength: 5 },
  )
  .map((terms) => terms.join(" "));

const anyCells = fc.record({
  name: fc.constantFrom("web-1", "WEB-1", "api", "a b"),
  namespace: fc.constantFrom("shop", "pay", "kube-system"),
  status: fc.constantFrom("Running", "running", "Pending", "", "<none>", null),
  health: fc.constantFrom("ok", "failing", "warning", null),
  restarts: fc.constantFrom(0, 3, 5, 12, null),
  cpu: fc.constantFrom(0, 250, 500, 1000, null),
  memory: fc.constantFrom(0, 1024 ** 3, 2e9, null),
  created: fc.constantFrom(1_795_521_599, 1_795_521_600 - 1800, 1_795_521_600 - 2.5 * 86_400, null),
  images: fc.constantFrom([], ["nginx:1.27"], ["redis", "docker.io/nginx"], null),
  labels: fc.constantFrom([], ["app=web"], ["app=api", "tier=front"], ["app"], null),
  serviceAccount: fc.constantFrom("default", null),
});

describe("laws of compiled filters", () => {
  const row = anyCells.map((cells) => sample.row(cells));
  const broken = (text: string): boolean => sample.filter(text).problems.some(({ level }) => level === "error");

  test("the normalised filter means the same, and is its own normal form", () => {
    fc.assert(
      fc.property(fc.oneof(plausibleText, longerText), row, (text, cells) => {
        const first = sample.filter(text);
        const again = sample.filter(first.normalised);
        assert.equal(again.normalised, first.normalised);
        assert.equal(again.timeDependent, first.timeDependent);
        assert.equal(matches(again, cells, sampleNow), matches(first, cells, sampleNow));
        assert.deepEqual(
          again.problems.filter(({ level }) => level === "error"),
          [],
        );
      }),
      { numRuns: 3000 },
    );
  });

  test("two filters side by side are their conjunction, in any order and case", () => {
    fc.assert(
      fc.property(plausibleText, plausibleText, row, (a, b, cells) => {
        const both = matches(sample.filter(a), cells, sampleNow) && matches(sample.filter(b), cells, sampleNow);
        assert.equal(matches(sample.filter(`${a} ${b}`), cells, sampleNow), both);
        assert.equal(sample.filter(`${a} ${b}`).normalised, sample.filter(`${b} ${a} ${a}`).normalised);
      }),
    );
  });

  test("a minus is the opposite, a comma is either", () => {
    const single = plausibleText.map((text) => parse(text).terms).filter((terms) => terms.length === 1);
    fc.assert(
      fc.property(single, row, ([term], cells) => {
        assert(term);
        const one = compile({ terms: [term], problems: [] }, sample.kind);
        const opposite = compile({ terms: [{ ...term, negated: !term.negated }], problems: [] }, sample.kind);
        assert.equal(matches(opposite, cells, sampleNow), !matches(one, cells, sampleNow));
        if (term.type !== "field" || term.negated || term.values.length === 0) return;
        const either = term.values.some((value) =>
          matches(compile({ terms: [{ ...term, values: [value] }], problems: [] }, sample.kind), cells, sampleNow),
        );
        assert.equal(matches(one, cells, sampleNow), either);
      }),
    );
  });

  test("any value, printed by any of the two printers, finds the row that has it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(text !== "<none>");
        assert.equal(sample.holds(filterTerm("status", text), { status: text }), true);
        assert.equal(sample.holds(`-${filterTerm("status", text)}`, { status: `${text}x` }), true);
        if (text !== "") assert.equal(sample.holds(filterTerm("node", text), { node: "*" }), text === "*");
      }),
      { numRuns: 2000 },
    );
  });

  test("any text, on any cells, throws nothing and answers", () => {
    const anyCell = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.array(anyText));
    fc.assert(
      fc.property(longerText, fc.dictionary(fc.constantFrom(...sample.kind.column.keys()), anyCell), (text, cells) => {
        assert.equal(typeof sample.holds(text, cells), "boolean");
        if (broken(text)) assert.equal(sample.holds(text, cells), false);
      }),
    );
  });
});
