import assert from "node:assert/strict";
import { test } from "node:test";

import { defineKind } from "../../kinds/kind.ts";
import { kubectlObject } from "./kubectl-object.ts";

const kindOf = (id: string, resource: string, group: string, namespaced: boolean) =>
  defineKind({ id, api: { group, version: "v1", resource, namespaced, kind: "X" }, columns: {}, sections: [] });
const pods = kindOf("pods", "pods", "", true);
const nodes = kindOf("nodes", "nodes", "", false);
const deployments = kindOf("deployments.apps", "deployments", "apps", true);
const derived = { from: "pods", expand: () => [], count: () => 0 };
const containers = defineKind({ id: "containers", derived, columns: {}, sections: [] });

const lines = (target: Parameters<typeof kubectlObject>[0]) => kubectlObject(target).map((command) => command.line);

test("a pod", () => {
  assert.deepEqual(lines({ kind: pods, context: "prod", path: "shop/web-1", container: "web" }), [
    "kubectl --context prod -n shop get pods web-1 -o wide",
    "kubectl --context prod -n shop describe pods web-1",
    "kubectl --context prod -n shop get pods web-1 -o yaml",
    "kubectl --context prod -n shop logs web-1 -c web --timestamps --tail=1000 -f",
    "kubectl --context prod -n shop logs web-1 -c web --timestamps --previous",
    "kubectl --context prod -n shop exec -it web-1 -c web -- sh",
    "kubectl --context prod -n shop events --for pods/web-1",
  ]);
});

test("a node has no namespace, a deployment its group", () => {
  assert.equal(
    lines({ kind: nodes, context: null, path: "worker-3", container: null })[0],
    "kubectl get nodes worker-3 -o wide",
  );
  assert.equal(
    lines({ kind: deployments, context: null, path: "shop/web", container: null })[1],
    "kubectl -n shop describe deployments.apps web",
  );
});

test("a container is reached through its pod", () => {
  const [row, , , logs] = lines({ kind: containers, context: null, path: "shop/web-1/proxy", container: null });
  assert.equal(row, "kubectl -n shop get pods web-1 -o wide");
  assert.equal(logs, "kubectl -n shop logs web-1 -c proxy --timestamps --tail=1000 -f");
});

test("names from a cluster cannot leave their place", () => {
  const context = "arn:aws:eks:eu-west-1:1:cluster/x; reboot";
  assert.equal(
    lines({ kind: pods, context, path: "shop/$(reboot)", container: null })[1],
    "kubectl --context 'arn:aws:eks:eu-west-1:1:cluster/x; reboot' -n shop describe pods '$(reboot)'",
  );
});
