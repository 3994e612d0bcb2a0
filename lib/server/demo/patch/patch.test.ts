import assert from "node:assert/strict";
import { test } from "node:test";

import { deployments } from "../api/resources.ts";
import { schemaOf } from "../openapi/schemas.ts";
import { applyConfiguration, conflictsWith } from "./apply.ts";
import { changedFields, common, difference, union } from "./field-set-math.ts";
import { fieldsOf } from "./field-set.ts";
import { jsonPatch } from "./json-patch.ts";
import { PatchError } from "./json-value.ts";
import { mergePatch } from "./merge-patch.ts";
import { strategicMerge } from "./strategic-merge.ts";

const schema = schemaOf(deployments);
const podOf = (spec: object) => ({ spec: { template: { spec } } });
const strategic = (before: object, patch: object) =>
  (strategicMerge(podOf(before), podOf(patch), schema) as { spec: { template: { spec: unknown } } }).spec.template.spec;

test("a merge patch does what RFC 7386 says of it", () => {
  for (const [target, patch, result] of [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ]) {
    assert.deepEqual(mergePatch(target, patch), result);
  }
});

test("no patch reaches the prototype of objects", () => {
  const evil = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object;
  mergePatch({}, evil);
  strategicMerge({}, evil, schema);
  applyConfiguration({}, evil, schema, undefined);
  jsonPatch({}, [{ op: "add", path: "/__proto__", value: { polluted: true } }]);
  assert.throws(() => jsonPatch({}, [{ op: "add", path: "/__proto__/polluted", value: true }]), PatchError);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test("a JSON patch walks by pointers, and leaves the document as it was when it fails", () => {
  const document = { a: { "b/c": [1, 2, 3] }, "~": 1 };
  assert.deepEqual(jsonPatch(document, [{ op: "add", path: "/a/b~1c/1", value: 9 }]), {
    a: { "b/c": [1, 9, 2, 3] },
    "~": 1,
  });
  assert.deepEqual(jsonPatch(document, [{ op: "remove", path: "/~0" }]), { a: { "b/c": [1, 2, 3] } });
  assert.deepEqual(jsonPatch({ a: [1, 2] }, [{ op: "move", from: "/a/0", path: "/a/-" }]), { a: [2, 1] });
  assert.deepEqual(jsonPatch({ a: 1 }, [{ op: "replace", path: "", value: [] }]), []);
  for (const operation of [
    { op: "add", path: "/a/b~1c/4", value: 0 },
    { op: "add", path: "/a/b~1c/01", value: 0 },
    { op: "remove", path: "/none" },
    { op: "replace", path: "/none", value: 1 },
    { op: "test", path: "/~0", value: 2 },
    { op: "copy", from: "/none", path: "/x" },
    { op: "other", path: "/a" },
    { op: "add", path: "a" },
    1,
  ]) {
    assert.throws(() => jsonPatch(document, [{ op: "remove", path: "/a" }, operation]), PatchError);
    assert.deepEqual(document, { a: { "b/c": [1, 2, 3] }, "~": 1 });
  }
});

test("lists merge by the keys that the schema names: containers, env, ports, volumes, mounts", () => {
  const before = {
    containers: [
      {
        name: "a",
        image: "a:1",
        env: [{ name: "A", value: "1" }],
        ports: [{ containerPort: 80 }],
        volumeMounts: [{ name: "v", mountPath: "/v" }],
        args: ["x", "y"],
      },
    ],
    volumes: [{ name: "v", emptyDir: {} }],
  };
  const after = strategic(before, {
    containers: [
      {
        name: "a",
        env: [{ name: "B", value: "2" }],
        ports: [{ containerPort: 80, name: "http" }],
        volumeMounts: [{ mountPath: "/v", readOnly: true }],
        args: ["z"],
      },
    ],
    volumes: [{ name: "w", configMap: { name: "w" } }],
  });
  assert.deepEqual(after, {
    containers: [
      {
        name: "a",
        image: "a:1",
        env: [
          { name: "B", value: "2" },
          { name: "A", value: "1" },
        ],
        ports: [{ containerPort: 80, name: "http" }],
        volumeMounts: [{ name: "v", mountPath: "/v", readOnly: true }],
        args: ["z"],
      },
    ],
    volumes: [
      { name: "w", configMap: { name: "w" } },
      { name: "v", emptyDir: {} },
    ],
  });
});

test("directives delete, replace, keep and order", () => {
  const before = { containers: ["a", "b", "c"].map((name) => ({ name, image: `${name}:1` })) };
  const names = (patch: object) => (strategic(before, patch) as typeof before).containers.map(({ name }) => name);
  assert.deepEqual(names({ containers: [{ name: "b", $patch: "delete" }] }), ["a", "c"]);
  assert.deepEqual(names({ containers: [{ $patch: "replace" }, { name: "z", image: "z:1" }] }), ["z"]);
  assert.deepEqual(names({ "$setElementOrder/containers": [{ name: "c" }, { name: "a" }] }), ["b", "c", "a"]);
  assert.deepEqual(names({ containers: [{ name: "new", image: "n:1" }] }), ["new", "a", "b", "c"]);
  const replaced = strategicMerge(
    { spec: { strategy: { type: "A", rollingUpdate: { maxSurge: 1 } } } },
    {
      spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } },
    },
    schema,
  );
  assert.deepEqual(replaced, { spec: { strategy: { type: "Recreate" } } });
  const finalizers = strategicMerge(
    { metadata: { finalizers: ["a", "b"] } },
    { metadata: { "$deleteFromPrimitiveList/finalizers": ["a"], finalizers: ["c"] } },
    schema,
  );
  assert.deepEqual(finalizers, { metadata: { finalizers: ["b", "c"] } });
  assert.throws(() => names({ containers: [{ image: "nameless:1" }] }), PatchError);
  assert.throws(() => strategic(before, { $patch: "turn" }), PatchError);
});

test("what was applied and no longer is goes; what others set stays", () => {
  const first = { spec: { minReadySeconds: 5, template: { spec: { containers: [{ name: "a", image: "a:1" }] } } } };
  const live = applyConfiguration({ spec: { replicas: 3 } }, first, schema, undefined) as object;
  assert.deepEqual(live, { spec: { replicas: 3, ...first.spec } });
  const second = { spec: { template: { spec: { containers: [{ name: "b", image: "b:1" }] } } } };
  assert.deepEqual(applyConfiguration(live, second, schema, fieldsOf(first, schema)), {
    spec: { replicas: 3, ...second.spec },
  });
});

test("a field that another owns is a conflict only where it would be changed", () => {
  const live = podOf({ containers: [{ name: "a", image: "a:1", imagePullPolicy: "Always" }] });
  const owned = fieldsOf(live, schema);
  assert.deepEqual(conflictsWith(live, live, schema, owned), []);
  const other = podOf({ containers: [{ name: "a", image: "a:2" }] });
  assert.deepEqual(conflictsWith(live, other, schema, owned), ['.spec.template.spec.containers[name="a"].image']);
  const unowned = podOf({ containers: [{ name: "b", image: "b:1" }], hostNetwork: true });
  assert.deepEqual(conflictsWith(live, unowned, schema, owned), []);
});

test("fields can be added up, taken off and compared", () => {
  const a = fieldsOf({ spec: { replicas: 1, minReadySeconds: 2 } }, schema);
  const b = fieldsOf({ spec: { replicas: 1, paused: true } }, schema);
  assert.deepEqual(union(a, b), { "f:spec": { "f:replicas": {}, "f:minReadySeconds": {}, "f:paused": {} } });
  assert.deepEqual(common(a, b), { "f:spec": { "f:replicas": {} } });
  assert.deepEqual(difference(a, b), { "f:spec": { "f:minReadySeconds": {} } });
  const port = { containerPort: 80 };
  const before = podOf({ containers: [{ name: "a", image: "a:1", ports: [port] }] });
  const after = podOf({ containers: [{ name: "a", image: "a:2", ports: [port, { containerPort: 81 }] }] });
  assert.deepEqual(changedFields(before, after, schema), {
    "f:spec": {
      "f:template": {
        "f:spec": {
          "f:containers": {
            'k:{"name":"a"}': {
              "f:image": {},
              "f:ports": { 'k:{"containerPort":81,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } },
            },
          },
        },
      },
    },
  });
});
