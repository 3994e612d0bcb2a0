import assert from "node:assert/strict";
import { test } from "node:test";

import { kindOf } from "../../kinds/index.ts";
import type { Kind } from "../../kinds/kind.ts";
import { kubectlList } from "./kubectl-list.ts";

function kind(id: string): Kind {
  const found = kindOf(id);
  assert.ok(found);
  return found;
}

test("a list of everything", () => {
  assert.equal(kubectlList(kind("pods"), "", "prod", false).command, "kubectl --context prod get pods -A");
  assert.equal(kubectlList(kind("nodes"), "", "prod", true).command, "kubectl --context prod get nodes -o wide");
  assert.equal(
    kubectlList(kind("deployments.apps"), "ns:shop", "prod", false).command,
    "kubectl --context prod get deployments.apps -n shop",
  );
});

test("what kubectl can select by, and what it cannot", () => {
  const { command, left } = kubectlList(
    kind("pods"),
    "ns:shop label:app=web node:worker-3 restarts>5 crash",
    "prod",
    false,
  );
  assert.equal(command, "kubectl --context prod get pods -n shop -l app=web --field-selector spec.nodeName=worker-3");
  assert.deepEqual(left, ["restarts>5", "crash"]);
});

test("several values, patterns and exclusions are left", () => {
  const { command, left } = kubectlList(kind("pods"), "ns:shop,pay -node:a name:web*", "prod", false);
  assert.equal(command, "kubectl --context prod get pods -A");
  assert.deepEqual(left, ["ns:shop,pay", "-node:a", "name:web*"]);
});

test("names from outside cannot end a word of the shell", () => {
  const { command } = kubectlList(kind("pods"), 'ns:"a; rm -rf /"', "x'$(id)", false);
  assert.doesNotMatch(command.replace(/'(?:[^']|'\\'')*'/g, ""), /[;$()]/);
});
