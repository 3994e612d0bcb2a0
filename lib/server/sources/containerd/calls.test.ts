import assert from "node:assert/strict";
import { test } from "node:test";

import { everyCall, onceCall, streamedCall } from "./calls.ts";

test("only calls that read can be made", () => {
  assert.deepEqual(everyCall().toSorted(), [
    "containerd.services.containers.v1.Containers/List",
    "containerd.services.content.v1.Content/List",
    "containerd.services.content.v1.Content/Read",
    "containerd.services.images.v1.Images/List",
    "containerd.services.snapshots.v1.Snapshots/List",
    "containerd.services.snapshots.v1.Snapshots/Usage",
    "containerd.services.tasks.v1.Tasks/List",
    "containerd.services.version.v1.Version/Version",
  ]);
  assert.throws(() => onceCall("snapshots", "Remove"), TypeError);
  assert.throws(() => streamedCall("content", "Write"), TypeError);
  assert.throws(() => onceCall("content", "Read"), TypeError);
});
