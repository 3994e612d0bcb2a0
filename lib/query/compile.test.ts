import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { defineKind } from "../kinds/kind.ts";
import { matches } from "./compile.ts";
import { maxText } from "./filter.ts";
import type { SampleCells } from "./sample-kind.ts";
import { sampleNow, sampleWith } from "./sample-kind.ts";

const sample = sampleWith(defineKind);
const { holds } = sample;

const hour = 3600;
const web: SampleCells = {
  source: "prod",
  name: "web-7d9",
  namespace: "shop",
  status: "CrashLoopBackOff",
  health: "failing",
  restarts: 6,
  node: "worker-3",
  cpu: 500,
  memory: 1024 ** 3,
  created: sampleNow - 2.5 * 24 * hour,
  images: ["docker.io/library/nginx:1.27", "envoy:v2"],
  labels: ["app=web", "tier=front", "app.kubernetes.io/name=Shop", "empty="],
  serviceAccount: "Default",
  secret: "hunter2",
};

describe("what a filter finds", () => {
  const yes = [
    "",
    "web",
    "WEB",
    "we*d9",
    "eb-7",
    "shop",
    "worker",
    "nginx",
    '""',
    "*",
    "crash -pending",
    "name:web-7d9",
    "NAME:WEB-7D9",
    "ns:shop",
    "namespace:pay,shop",
    "-ns:kube-system",
    "status:crashloopbackoff",
    "status:Crash*",
    "status!=Running",
    "health:failing,warning",
    "health:f*",
    "node:worker-*",
    "node:*",
    "-node:",
    "po:web*",
    "service-account:default",
    "sa:DEFAULT",
    "SERVICE_ACCOUNT:*au*",
    "restarts>5",
    "restarts>=6",
    "restarts<7",
    "restarts<=6",
    "restarts:6",
    "restarts:1,6",
    "restarts=6.0",
    "-restarts>6",
    "cpu:500m",
    "cpu:0.5",
    "cpu>499m",
    "cpu<1",
    "memory:1Gi",
    "mem>=1gib",
    "memory<1.1G",
    "age>2d",
    "age<3d",
    "age:2d",
    "age:2d12h",
    "age>=60h",
    "age<=60h",
    "created>2d",
    "created:2026-11-22",
    "created<2026-11-23",
    "created>2026-11-21",
    "created>=2026-11-22",
    "created<=2026-11-22",
    "created:2026-11",
    "created>2026-11-22T08:59+09:00",
    "created<2026-11-22T09:01+09:00",
    "image:*nginx*",
    "images:envoy:v2",
    "image:nope,ENVOY:*",
    "label:app=web",
    "label:app==web",
    "label:app",
    "label:tier,nope",
    "label:app=w*",
    "label:*=web",
    "label:ti*",
    "label:app.kubernetes.io/name=shop",
    "label:app!=api",
    "label:nope!=x",
    "label:!nope",
    "label:empty=",
    "-label:nope",
    "-label:app=api",
    "labels:*",
  ];
  const no = [
    "-web",
    "webb",
    "web shop kube",
    "prod",
    "web=",
    "hunter2",
    "default",
    "front",
    '"we*d9"',
    "-*",
    '-""',
    "name:web",
    "ns:pay",
    "-ns:shop",
    "status:",
    "status:<none>",
    "-status:*",
    "health:ok",
    "node:worker",
    'node:"worker-*"',
    "restarts>6",
    "restarts<6",
    "restarts:5,7",
    "restarts:",
    "cpu>500m",
    "cpu:501m",
    "memory>1Gi",
    "memory:1G",
    "age<1h",
    "age>3d",
    "age>60h",
    "age<60h",
    "age:3d",
    "created>2026-11-22",
    "created<2026-11-22",
    "created:2026-11-23",
    "created>=2026-11-23",
    "image:nginx",
    "-image:*nginx*",
    "label:web",
    "label:app=api",
    "label:app=",
    "label:app!=web",
    "label:!app",
    "label:front",
    "label:empty=x",
  ];
  for (const text of yes)
    test(`finds ${text}`, () => assert.deepEqual([sample.problems(text), holds(text, web)], [[], true]));
  for (const text of no)
    test(`not ${text}`, () =>
      assert.deepEqual(
        [sample.problems(text).filter((code) => code !== "unknown-key"), holds(text, web)],
        [[], false],
      ));

  test("null is empty, less than nothing and more than nothing", () => {
    for (const text of [
      "restarts:",
      "restarts:<none>",
      'restarts:""',
      "-restarts:*",
      "status:",
      "label:",
      "image:",
      "created:",
      "health:",
    ]) {
      assert.equal(holds(text, {}), true, text);
    }
    for (const text of ["restarts>=0", "restarts<1", "restarts:0", "age<9y", "age>0s", "cpu:0", "label:a", "web"]) {
      assert.equal(holds(text, {}), false, text);
    }
    assert.equal(holds("restarts:", { restarts: 0 }), false);
    assert.equal(holds("label: image:", { labels: [], images: [] }), true);
    assert.equal(holds("status:<none>", { status: "<none>" }), true);
    assert.equal(holds('restarts:"",5', { restarts: 5 }) && holds('restarts:"",5', {}), true);
    // The opposite of a comparison holds where nothing is known.
    assert.equal(holds("-restarts>5", {}) && holds("label:app!=x", {}), true);
  });

  test("an age is told by the clock, a moment is not", () => {
    assert.equal(holds("age<1h", { created: sampleNow - 3599 }), true);
    assert.equal(holds("age<1h", { created: sampleNow - 3599 }, sampleNow + 1), false);
    assert.equal(holds("age:5m", { created: sampleNow - 359.9 }), true);
    assert.equal(holds("age:5m", { created: sampleNow - 360 }), false);
    const depends = (text: string): boolean => sample.filter(text).timeDependent;
    assert.deepEqual(["age<1h", "-age:5m,2026-11", "created>2026-11-24", "age:", "web"].map(depends), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("cells of another type than the column's are no match and no error", () => {
    for (const cell of ["x", ["5"], null]) assert.equal(holds("restarts>1", { restarts: cell }), false);
    assert.equal(holds("status:5", { status: 5 }), true);
    assert.equal(holds("label:app=web", { labels: "app=web" }), true);
    assert.equal(holds("images:5", { images: 5 }), true);
    assert.equal(holds("5", { status: 5 }), false);
    assert.equal(matches(sample.filter("status:x -web"), { key: "", cells: [] }, 0), false);
  });
});

describe("what is not understood", () => {
  const cases: [text: string, code: string, suggestion: string | null][] = [
    ["stauts:Running", "unknown-key", "status:Running"],
    ["-stauts:a,b*", "unknown-key", "-status:a,b*"],
    ["lable:app=web", "unknown-key", "label:app=web"],
    ["app=web", "unknown-key", "label:app=web"],
    ["app!=web", "unknown-key", "-label:app=web"],
    ["nginx:1.27", "unknown-key", '"nginx:1.27"'],
    ["colour>5", "unknown-key", null],
    ["secret:hunter2", "unknown-key", '"secret:hunter2"'],
    ["__proto__:x", "unknown-key", '"__proto__:x"'],
    ["source:prod", "not-in-filter", null],
    ["in:prod", "not-in-filter", null],
    ["sort:name", "not-in-filter", null],
    ["cpu>", "missing-value", null],
    ['restarts<""', "missing-value", null],
    ["restarts>1,2", "one-value-only", "restarts>1"],
    ["status>5", "no-order", "status:5"],
    ["label>a", "no-order", "label:a"],
    ["restarts>many", "bad-number", null],
    ["restarts:1*", "bad-number", null],
    ["restarts:>5", "bad-number", "restarts>5"],
    ["-restarts:<=5", "bad-number", "-restarts<=5"],
    ["cpu>500M", "bad-cpu", "500m"],
    ["cpu:half", "bad-cpu", null],
    ["memory>500m", "bad-bytes", "500Mi"],
    ["age<60", "bad-time", "60m"],
    ["age>yesterday", "bad-time", null],
    ["health:fail", "unknown-health", "failing"],
    ["health:wraning", "unknown-health", "warning"],
    ["health:x*", "unknown-health", null],
  ];
  for (const [text, code, suggestion] of cases) {
    test(text, () => {
      const { problems, terms } = sample.filter(text);
      assert.deepEqual(
        problems.map((found) => [found.code, found.level, found.suggestion]),
        [[code, "error", suggestion]],
      );
      assert.deepEqual(
        terms.map((term) => term.column),
        [null],
      );
      // Neither it nor its opposite finds anything, also beside terms that would.
      for (const whole of [text, text.startsWith("-") ? text.slice(1) : `-${text}`, `${text} web`])
        assert.equal(holds(whole, web), false);
      const [problem] = problems;
      if (problem?.suggestion == null) return;
      const mended = text.slice(0, problem.span.start) + problem.suggestion + text.slice(problem.span.end);
      assert.deepEqual(sample.problems(mended), []);
    });
  }

  test("bounds match nothing, notices do not", () => {
    assert.equal(holds("x".repeat(maxText + 1), { name: "x".repeat(maxText + 1) }), false);
    assert.equal(holds("w ".repeat(65), web), false);
    assert.equal(holds(`ns:shop${",a".repeat(256)}`, web), false);
    assert.equal(holds(`ns:shop${",a".repeat(255)}`, web), true);
    assert.equal(holds('"web', web), true);
  });
});
