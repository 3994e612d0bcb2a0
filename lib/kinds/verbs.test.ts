import assert from "node:assert/strict";
import { test } from "node:test";

import { kindList, kindOf } from "./index.ts";
import type { SourceType } from "./kind.ts";
import { bulkVerbsFor, verbsFor } from "./verbs.ts";

const verbs = (id: string, type: SourceType = "cluster") => verbsFor(kindOf(id) ?? assert.fail(id), type);

test("each kind has the verbs that are for it", () => {
  assert.deepEqual(verbs("deployments.apps"), ["scale", "restart", "rollback", "edit", "delete"]);
  assert.deepEqual(verbs("daemonsets.apps"), ["restart", "edit", "delete"]);
  assert.deepEqual(verbs("replicasets.apps"), ["scale", "edit", "delete"]);
  assert.deepEqual(verbs("cronjobs.batch"), ["trigger", "suspend", "resume", "edit", "delete"]);
  assert.deepEqual(verbs("nodes"), ["cordon", "uncordon", "edit", "delete"]);
  assert.deepEqual(verbs("pods"), ["edit", "delete"]);
});

test("what engines have is acted upon as their own clients do", () => {
  const ofContainers = ["start", "stop", "restart", "pause", "unpause", "kill", "delete"];
  assert.deepEqual(verbs("containers", "engine"), ofContainers);
  assert.deepEqual(verbs("images", "engine"), ["run", "delete"]);
  assert.deepEqual(verbs("volumes", "engine"), ["delete"]);
  assert.deepEqual(verbs("networks", "engine"), ["delete"]);
  assert.deepEqual(verbs("engines", "engine"), ["pull", "prune"]);
  for (const kind of kindList.filter(({ engine }) => !engine)) assert.deepEqual(verbsFor(kind, "engine"), []);
});

test("what is derived from another kind is acted upon there", () => {
  for (const kind of kindList.filter(({ derived }) => derived)) assert.deepEqual(verbsFor(kind, "cluster"), []);
});

test("one text, one history, one engine and one image are of one object", () => {
  for (const type of ["cluster", "engine"] as const)
    for (const kind of kindList)
      assert.deepEqual(
        verbsFor(kind, type).filter((verb) => !bulkVerbsFor(kind, new Set([type])).includes(verb)),
        verbsFor(kind, type).filter((verb) => ["edit", "rollback", "pull", "prune", "run"].includes(verb)),
      );
});

test("objects of clusters and of engines together have only what is for both", () => {
  const containers = kindOf("containers") ?? assert.fail();
  assert.ok(bulkVerbsFor(containers, new Set(["engine"])).includes("stop"));
  assert.deepEqual(bulkVerbsFor(containers, new Set(["engine", "cluster"])), []);
  assert.deepEqual(bulkVerbsFor(containers, new Set()), []);
});
