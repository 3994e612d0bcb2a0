import assert from "node:assert/strict";
import { test } from "node:test";
import { kindList } from "../../lib/kinds/index.ts";
import { manifestText, objectsIn } from "./manifest.ts";

test("the reader may read the kinds that have pages, and that is all", () => {
  const role = objectsIn(manifestText("stowage.yaml")).find(({ kind }) => kind === "ClusterRole");
  const granted = (role?.rules ?? []).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.map((resource) => [`${resource}.${group}`, verbs.toSorted()] as const)),
  );
  const shown = kindList.flatMap(({ api }) => (api ? [`${api.resource}.${api.group}`] : []));
  assert.deepEqual(granted.map(([resource]) => resource).toSorted(), [...new Set(shown)].toSorted());
  for (const [resource, verbs] of granted) assert.deepEqual(verbs, ["get", "list", "watch"], resource);
});
