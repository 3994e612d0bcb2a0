import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";
import { parse } from "yaml";

import { compareNaturally } from "./natural-order.ts";
import { printYaml } from "./print-yaml.ts";

const read = (text: string, version: "1.1" | "1.2" = "1.2"): unknown =>
  parse(text, { version, merge: false, maxAliasCount: 0 }) as unknown;
const printed = (value: unknown): string => `${printYaml(value).join("\n")}\n`;

/** Strings that YAML has a mind of its own about, beside any others. */
const words =
  "~ null Null true TRUE False yes No on OFF y n .inf -.Inf .nan << = - -- --- ... ? : :: a: a:b #a a# 0 00 012 0x1F 0o7 0b1 1_000 1e3 1.5 -1 " +
  "+1 .5 1. 1.2.3 12:30 12:30:45 2026-11-24 2026-11-24T03:50:15Z 2026-1-1 !a &a *a |a >a %a @a `a {a} [a] a,b {} [] é 한국어 😀 \uD800";
const spaced = [
  "",
  " ",
  " a",
  "a ",
  "a #b",
  "a: b",
  "- a",
  "? a",
  "'",
  '"',
  "it's",
  'say "x"',
  "a\\b",
  "\t",
  "a\tb",
  "\na",
  "a\n",
  "a\n\n",
];
const several = ["a\n\n\n", "a\n b\n", " a\nb", "\n", "\n\n", " \n", "a \nb", "a\r\nb", "\ta\nb", "a\n\t"];
const unseen = ["\u0000", "\u001b[31m", "\u202Eevil", "\uFEFF", "\u0085", "\u2028"];
const awkward = fc.constantFrom(...words.split(" "), ...spaced, ...several, ...unseen);
const text = fc.oneof(
  awkward,
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.tuple(awkward, awkward).map(([a, b]) => a + b),
);
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tie("list"),
    tie("map"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  map: fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
})).value;

test("what is printed is read as what it was", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      assert.deepEqual(read(printed(value)), value);
    }),
    { numRuns: 3000 },
  );
});

test("readers of YAML 1.1, such as kubectl, read the same strings", () => {
  fc.assert(
    fc.property(text, (value) => {
      // The reader here takes a lone exponent for a number in 1.1; kubectl's does not.
      fc.pre(!/^[-+]?[._]*e[-+]?[\d_]*$/i.test(value));
      assert.deepEqual(read(printed({ [value]: [value] }), "1.1"), { [value]: [value] });
    }),
    { numRuns: 3000 },
  );
});

test("it reads as kubectl's does", () => {
  const pod = {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name: "web",
      creationTimestamp: "2026-11-24T03:50:15Z",
      annotations: { note: "a: b", on: "true", empty: "" },
      labels: {},
    },
    spec: {
      containers: [
        {
          name: "web",
          args: ["--port=80", "-v", "*"],
          ports: [{ containerPort: 80 }],
          command: ["sh", "-c", "echo a\nsleep 1\n"],
          env: [],
        },
        { name: "side", nested: [[1, 2], ["x"]] },
      ],
    },
  };
  assert.equal(
    printed(pod),
    `apiVersion: v1
kind: Pod
metadata:
  annotations:
    empty: ""
    note: 'a: b'
    "on": "true"
  creationTimestamp: "2026-11-24T03:50:15Z"
  labels: {}
  name: web
spec:
  containers:
  - args:
    - --port=80
    - -v
    - '*'
    command:
    - sh
    - -c
    - |
      echo a
      sleep 1
    env: []
    name: web
    ports:
    - containerPort: 80
  - name: side
    nested:
    - - 1
      - 2
    - - x
`,
  );
});

test("a block keeps what ends a line, and what would not be seen is escaped", () => {
  assert.deepEqual(printYaml({ a: "x \n\ty" }), ["a: |-", "  x ", "  \ty"]);
  assert.deepEqual(printYaml({ a: "x\u202Ey\nz\u001b[2J" }), ['a: "x\\u202Ey\\nz\\e[2J"']);
});

test("a __proto__ key is a key like any other", () => {
  const value = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}') as unknown;
  assert.deepEqual(printYaml(value), ["__proto__:", "  a: 1", "constructor: x"]);
});

test("very deep, very long and very many values are printed in a moment", () => {
  const nested = (depth: number): unknown => {
    let value: unknown = "x";
    for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { a: value };
    return value;
  };
  const big = {
    long: "x".repeat(1_500_000),
    lines: "line\n".repeat(200_000),
    many: Array.from({ length: 50_000 }, (_, n) => ({ n })),
    ["k".repeat(5000)]: { a: [1] },
  };
  const began = performance.now();
  const lines = printYaml({ deep: nested(2000), big });
  assert.ok(performance.now() - began < 15_000);
  assert.ok(lines.length > 250_000);
  assert.deepEqual(read(printed(nested(300))), nested(300));
  assert.deepEqual(read(printed({ ["k".repeat(5000)]: { a: [1], b: {} } })), { ["k".repeat(5000)]: { a: [1], b: {} } });
});

test("keys stand in natural order", () => {
  const keys = ["a10", "a2", "a1", "a", "b", "A", "_", "1", "10", "2", "a-b", "a.b", "a01", "ab", "1a"];
  assert.deepEqual(keys.toSorted(compareNaturally), [
    "_",
    "1",
    "1a",
    "2",
    "10",
    "A",
    "a",
    "a-b",
    "a.b",
    "a1",
    "a01",
    "a2",
    "a10",
    "ab",
    "b",
  ]);
});
