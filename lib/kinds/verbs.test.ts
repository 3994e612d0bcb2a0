import assert from "node:assert/strict";
import { test } from "node:test";

import { kindList, kindOf } from "./index.ts";
import { bulkVerbsFor, verbsFor } from "./verbs.ts";

const verbs = (id: string) => verbsFor(kindOf(id) ?? assert.fail(id));

test("each kind has the verbs that are for it", () => {
  assert.deepEqual(verbs("deployments.apps"), ["scale", "restart", "rollback", "edit", "delete"]);
  assert.deepEqual(verbs("daemonsets.apps"), ["restart", "edit", "delete"]);
  assert.deepEqual(verbs("replicasets.apps"), ["scale", "edit", "delete"]);
  assert.deepEqual(verbs("cronjobs.batch"), ["trigger", "suspend", "resume", "edit", "delete"]);
  assert.deepEqual(verbs("nodes"), ["cordon", "uncordon", "edit", "delete"]);
  assert.deepEqual(verbs("pods"), ["edit", "delete"]);
});

test("what is derived from another kind is acted upon there", () => {
  for (const kind of kindList.filter(({ derived }) => derived)) assert.deepEqual(verbsFor(kind), []);
});

test("one text and one history are of one object", () => {
  for (const kind of kindList)
    assert.deepEqual(
      verbsFor(kind).filter((verb) => !bulkVerbsFor(kind).includes(verb)),
      verbsFor(kind).filter((verb) => verb === "edit" || verb === "rollback"),
    );
});
