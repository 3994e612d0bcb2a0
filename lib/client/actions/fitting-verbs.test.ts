import assert from "node:assert/strict";
import { test } from "node:test";

import { containers } from "../../kinds/containers.ts";
import { cronJobs } from "../../kinds/cronjobs.ts";
import { networks } from "../../kinds/networks.ts";
import { nodes } from "../../kinds/nodes.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { fittingVerbs } from "./fitting-verbs.ts";

test("of two opposites the one is there that would change something", () => {
  const fitting = (kind: typeof nodes, object: KubeObject) => fittingVerbs(kind, "cluster", object);
  assert.deepEqual(fitting(nodes, {}), ["cordon", "edit", "delete"]);
  assert.deepEqual(fitting(nodes, { spec: { unschedulable: true } }), ["uncordon", "edit", "delete"]);
  assert.deepEqual(fitting(cronJobs, { spec: { suspend: false } }), ["trigger", "suspend", "edit", "delete"]);
  assert.deepEqual(fitting(cronJobs, { spec: { suspend: true } }), ["trigger", "resume", "edit", "delete"]);
});

test("a container of an engine has the verbs of its state", () => {
  const fitting = (state: object) => fittingVerbs(containers, "engine", { engine: { State: state } });
  assert.deepEqual(fitting({ Running: true, Paused: false }), ["stop", "restart", "pause", "kill", "delete"]);
  assert.deepEqual(fitting({ Running: true, Paused: true }), ["stop", "restart", "unpause", "kill", "delete"]);
  assert.deepEqual(fitting({ Running: false }), ["start", "restart", "delete"]);
  assert.deepEqual(fittingVerbs(containers, "cluster", {}), []);
});

test("an engine's own networks stay", () => {
  const fitting = (name: string) => fittingVerbs(networks, "engine", { engine: { Name: name } });
  assert.deepEqual(fitting("bridge"), []);
  assert.deepEqual(fitting("till_default"), ["delete"]);
});
