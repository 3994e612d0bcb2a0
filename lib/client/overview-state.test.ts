import assert from "node:assert/strict";
import { test } from "node:test";

import type { Overview, Problem, SourceSummary } from "../protocol/overview.ts";
import { overviewState } from "./overview-state.ts";

const source = (state: SourceSummary["state"]): SourceSummary => ({
  source: state,
  state,
  since: 0,
  scope: "all",
  type: "cluster",
  title: state,
  version: null,
  nodes: null,
  pods: null,
  containers: null,
});
const problem = { kind: "pod-failed" } as Problem;
const overview = (states: SourceSummary["state"][], problems: Problem[] = []): Overview => ({
  problems,
  more: 0,
  capacity: [],
  sources: states.map(source),
  counts: {},
});

test("it never claims more than has been seen", () => {
  const cases: [Overview, ReturnType<typeof overviewState>][] = [
    [overview([]), "no-source"],
    [overview(["live", "live"]), "nothing-wrong"],
    [overview(["live", "stale"]), "nothing-known"],
    [overview(["live", "down"]), "nothing-known"],
    [overview(["live", "forbidden"]), "nothing-known"],
    [overview(["live", "syncing"]), "nothing-known"],
    [overview(["off", "syncing"]), "reading"],
    [overview(["down", "syncing"]), "reading"],
    [overview(["down", "forbidden"]), "nothing-seen"],
    [overview(["down"], [problem]), "wrong"],
  ];
  for (const [value, state] of cases)
    assert.equal(overviewState(value), state, value.sources.map((one) => one.state).join());
});
