import assert from "node:assert/strict";
import { test } from "node:test";

import { cronJobs } from "../../kinds/cronjobs.ts";
import { nodes } from "../../kinds/nodes.ts";
import { fittingVerbs } from "./fitting-verbs.ts";

test("of two opposites the one is there that would change something", () => {
  assert.deepEqual(fittingVerbs(nodes, {}), ["cordon", "edit", "delete"]);
  assert.deepEqual(fittingVerbs(nodes, { spec: { unschedulable: true } }), ["uncordon", "edit", "delete"]);
  assert.deepEqual(fittingVerbs(cronJobs, { spec: { suspend: false } }), ["trigger", "suspend", "edit", "delete"]);
  assert.deepEqual(fittingVerbs(cronJobs, { spec: { suspend: true } }), ["trigger", "resume", "edit", "delete"]);
});
