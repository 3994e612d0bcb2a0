import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { textsWith } from "./arbitrary-text.ts";
import type { Term } from "./filter.ts";
import { maxTerms, maxText, maxValues } from "./filter.ts";
import { parse } from "./parse.ts";

const { longerText } = textsWith(fc);

/** A term without where it stood. */
function bare(term: Term): unknown {
  if (term.type === "word") return { negated: term.negated, parts: term.value.parts };
  const { negated, key, operator, values } = term;
  return { negated, key, operator, values: values.map((value) => value.parts) };
}

const termsOf = (text: string): unknown[] => parse(text).terms.map(bare);
const word = (negated: boolean, ...parts: string[]) => ({ negated, parts });
const field = (negated: boolean, key: string, operator: string, ...values: string[][]) => ({
  negated,
  key,
  operator,
  values,
});

describe("parse", () => {
  const cases: [text: string, ...terms: unknown[]][] = [
    [""],
    [" \t\n\u3000 "],
    ["web  api", word(false, "web"), word(false, "api")],
    ["-web", word(true, "web")],
    ["-", word(false, "-")],
    ["--flag", word(true, "-flag")],
    ["we*1", word(false, "we", "1")],
    ["***", word(false, "", "")],
    ['"a b" a"b c"d', word(false, "a b"), word(false, "ab cd")],
    ['"*" "say \\"hi\\" \\\\"', word(false, "*"), word(false, 'say "hi" \\')],
    ["a\\b", word(false, "a\\b")],
    ["a,b", word(false, "a,b")],
    ["status:Running", field(false, "status", ":", ["Running"])],
    ["-ns:kube-system,pay", field(true, "ns", ":", ["kube-system"], ["pay"])],
    ["image:*nginx*", field(false, "image", ":", ["", "nginx", ""])],
    ['image:*"my app"*', field(false, "image", ":", ["", "my app", ""])],
    ["label:app!=web", field(false, "label", ":", ["app!=web"])],
    ["status!=Running", field(true, "status", "=", ["Running"])],
    ["-status!=Running", field(false, "status", "=", ["Running"])],
    ["a==b a=b", field(false, "a", "=", ["b"]), field(false, "a", "=", ["b"])],
    ["cpu>500m age<=1h", field(false, "cpu", ">", ["500m"]), field(false, "age", "<=", ["1h"])],
    ["created>2026-11-24T12:00:00Z", field(false, "created", ">", ["2026-11-24T12:00:00Z"])],
    ["node: x:,", field(false, "node", ":"), field(false, "x", ":")],
    ['a:,b,,c,"",', field(false, "a", ":", ["b"], ["c"], [""])],
    ["10.0.0.1:8080 :x >5", word(false, "10.0.0.1:8080"), word(false, ":x"), word(false, ">5")],
    ["registry.example/a:1", word(false, "registry.example/a:1")],
    ['"status":x', word(false, "status:x")],
    ["이름:web", field(false, "이름", ":", ["web"])],
    ["__proto__:x constructor:y", field(false, "__proto__", ":", ["x"]), field(false, "constructor", ":", ["y"])],
  ];
  for (const [text, ...terms] of cases) test(JSON.stringify(text), () => assert.deepEqual(termsOf(text), terms));

  test("spans point at what was read", () => {
    const text = '  -ns:a,"b c"  web';
    const [first, second] = parse(text).terms;
    assert(first?.type === "field" && second?.type === "word");
    const at = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.deepEqual(
      [at(first.span), at(first.keySpan), ...first.values.map(({ span }) => at(span))],
      ['-ns:a,"b c"', "ns", "a", '"b c"'],
    );
    assert.equal(at(second.span), "web");
  });

  test("an open quote reads to the end and says so", () => {
    for (const text of ['"my ap', 'x:"a b', '"a\\']) {
      assert.deepEqual(
        parse(text).problems.map(({ code, level }) => [code, level]),
        [["unclosed-quote", "notice"]],
      );
    }
    assert.deepEqual(termsOf('x:"a b'), [field(false, "x", ":", ["a b"])]);
  });

  test("what is hardly ever meant is noticed", () => {
    const [problem] = parse("status: Running").problems;
    assert.deepEqual([problem?.code, problem?.suggestion], ["stray-value", "status:Running"]);
    assert.deepEqual(
      parse("a OR b").problems.map(({ code }) => code),
      ["boolean-word"],
    );
    assert.deepEqual(parse('a "OR" or').problems, []);
    assert.deepEqual(parse("node: -web").problems, []);
  });

  test("bounds", () => {
    assert.deepEqual(parse("x".repeat(maxText)).problems, []);
    assert.deepEqual(
      parse("x".repeat(maxText + 1)).problems.map(({ code }) => code),
      ["too-long"],
    );
    assert.equal(parse("x ".repeat(maxTerms)).problems.length, 0);
    const many = parse("x ".repeat(maxTerms + 1));
    assert.deepEqual([many.terms.length, many.problems[0]?.code], [maxTerms, "too-many-terms"]);
    assert.equal(parse(`k:${"v,".repeat(maxValues)}`).problems.length, 0);
    assert.deepEqual(
      parse(`k:${"v,".repeat(maxValues + 1)}`).problems.map(({ code }) => code),
      ["too-many-values"],
    );
  });

  test("spans of any text lie in it, in order", () => {
    fc.assert(
      fc.property(longerText, (text) => {
        let last = 0;
        for (const { span } of parse(text).terms) {
          assert(span.start >= last && span.end > span.start && span.end <= text.length);
          last = span.end;
        }
        for (const { span } of parse(text).problems)
          assert(span.start >= 0 && span.start < span.end && span.end <= text.length);
      }),
    );
  });
});
