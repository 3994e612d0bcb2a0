import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "../../i18n/en.ts";
import { ko } from "../../i18n/ko.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { conditionViewsOf } from "./condition-view.ts";
import { healthText } from "./health-text.ts";
import { wordsOf } from "./metadata-view.ts";

test("a condition is well when it should hold and does, or should not and does not", () => {
  const conditions = [
    { type: "Ready", status: "True", lastTransitionTime: "2026-11-24T03:50:15Z" },
    { type: "MemoryPressure", status: "False" },
    { type: "DiskPressure", status: "True", reason: "R", message: "m" },
    { type: "PodScheduled", status: "Unknown" },
    { type: "example.org/Gate", status: "False" },
    { status: "True" },
    null,
  ];
  const views = conditionViewsOf({ status: { conditions } });
  assert.deepEqual(
    views.map((view) => [view.type, view.level]),
    [
      ["Ready", "ok"],
      ["MemoryPressure", "ok"],
      ["DiskPressure", "warning"],
      ["PodScheduled", "unknown"],
      ["example.org/Gate", null],
    ],
  );
  assert.equal(views[0]?.since, Date.UTC(2026, 10, 24, 3, 50, 15) / 1000);
});

test("labels in order, long annotations folded, other types left out", () => {
  const metadata = JSON.parse(
    `{"annotations": {"b": "x\\ny", "a": "1", "__proto__": "p", "n": 5, "long": "${"z".repeat(200)}"}}`,
  ) as object;
  assert.deepEqual(
    wordsOf({ metadata } as KubeObject, "annotations").map((word) => [word.key, word.folded]),
    [
      ["__proto__", false],
      ["a", false],
      ["b", true],
      ["long", true],
    ],
  );
  assert.deepEqual(wordsOf({ metadata: { labels: "none" } } as unknown as KubeObject, "labels"), []);
});

test("a health sentence has words with and without values in both languages", () => {
  assert.match(healthText({ key: "nodeReady", values: { seconds: 3600 } }, en), /^Ready/);
  assert.equal(healthText({ key: "namespaceActive" }, en), "Active.");
  assert.notEqual(healthText({ key: "namespaceActive" }, ko), "");
});
