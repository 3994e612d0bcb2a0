import assert from "node:assert/strict";
import { test } from "node:test";

import { parseStatusConfig, StatusConfigError } from "./parse-status-config.ts";

const whole = `title: { en: Harbor Shop, ko: 항구 상점 }
components:
  - id: checkout
    name: Checkout
    group: { en: Shop, ko: 상점 }
    parts:
      - type: workload
        source: prod
        kind: deployments.apps
        namespace: shop
        name: checkout
      - { type: pods, source: prod, q: "label:app=web", expect: 3 }
    thresholds: { partial: 60 }
    delay: 2m
`;

test("what is not said has its standard", () => {
  const { title, components } = parseStatusConfig(whole, "status.yaml");
  assert.deepEqual(title, { en: "Harbor Shop", ko: "항구 상점" });
  assert.deepEqual(components[0]?.name, { en: "Checkout" });
  assert.deepEqual(components[0]?.thresholds, { degraded: 100, partial: 60, major: 25 });
  assert.deepEqual([components[0]?.delay, components[0]?.hysteresis], [120, 120]);
  assert.deepEqual(parseStatusConfig("", "status.yaml"), { title: null, components: [] });
});

test("each mistake names its line and what to write instead", () => {
  for (const [from, to, words] of [
    ["id: checkout", "id: Check Out", /^s\.yaml:3: components\.0\.id: write lower-case letters/],
    [
      "type: workload",
      "type: ingress",
      /^s\.yaml:7: components\.0\.parts\.0\.type: write type: workload, service, pods or nodes/,
    ],
    ["kind: deployments.apps", "kind: deployment", /^s\.yaml:9: .*write one of deployments\.apps/],
    ["type: workload", "type: service", /^s\.yaml:9: components\.0\.parts\.0\.kind: there is no such key/],
    ["delay: 2m", "delay: soon", /^s\.yaml:14: components\.0\.delay: write a time such as 60s/],
    ["delay: 2m", "delays: 2m", /^s\.yaml:14: components\.0\.delays: there is no such key/],
    ["label:app=web", "labbel:app=web", /^s\.yaml:12: .*not understood: labbel.*did you mean label/],
    ["partial: 60", "partial: 10", /^s\.yaml:13: .*partial at least major/],
    ["        source: prod\n        kind", "        kind", /^s\.yaml:7: components\.0\.parts\.0\.source/],
    ["title:", "title: [", /^s\.yaml:1:|^s\.yaml:2:/],
    [
      whole,
      `${whole}  - id: checkout\n    name: B\n    parts: [{type: nodes, source: a, q: "*"}]\n`,
      /^s\.yaml:15: .*taken already/,
    ],
  ] as const) {
    assert.throws(
      () => parseStatusConfig(whole.replace(from, to), "s.yaml"),
      (error) => {
        assert.ok(error instanceof StatusConfigError);
        assert.match(error.message, words);
        return true;
      },
    );
  }
});
