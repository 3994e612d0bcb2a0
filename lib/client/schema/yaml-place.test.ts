import assert from "node:assert/strict";
import { test } from "node:test";

import { documentKindAt, yamlPlace } from "./yaml-place.ts";

const text = `apiVersion: apps/v1
metadata:
  name: web
  labels:
    app: web
spec:
  template:
    spec:
      containers:
      - name: main
        image: a:1
        env:
          - name: A
            value: b
          - 
      - name: side

      volumes: []
  
`.split("\n");

const at = (line: number, column = 100) => {
  const { path, key, inValue } = yamlPlace(text, line, column);
  return [path.join("."), key, inValue];
};

test("a key stands below those that are less indented", () => {
  assert.deepEqual(at(0), ["", "apiVersion", true]);
  assert.deepEqual(at(2), ["metadata", "name", true]);
  assert.deepEqual(at(4), ["metadata.labels", "app", true]);
  assert.deepEqual(at(2, 3), ["metadata", "name", false]);
});

test("items of lists are steps of the path, whether their dash is indented or not", () => {
  assert.deepEqual(at(9), ["spec.template.spec.containers.[]", "name", true]);
  assert.deepEqual(at(10), ["spec.template.spec.containers.[]", "image", true]);
  assert.deepEqual(at(12), ["spec.template.spec.containers.[].env.[]", "name", true]);
  assert.deepEqual(at(13), ["spec.template.spec.containers.[].env.[]", "value", true]);
  assert.deepEqual(at(15), ["spec.template.spec.containers.[]", "name", true]);
  assert.deepEqual(at(17), ["spec.template.spec", "volumes", true]);
});

test("an empty line stands where the cursor is", () => {
  assert.deepEqual(at(16, 8), ["spec.template.spec.containers.[]", null, false]);
  assert.deepEqual(at(16, 6), ["spec.template.spec", null, false]);
  assert.deepEqual(at(18, 2), ["spec", null, false]);
  assert.deepEqual(at(14, 12), ["spec.template.spec.containers.[].env.[]", null, false]);
});

test("keys beside it are known, and those of another item are not", () => {
  assert.deepEqual(yamlPlace(text, 10, 0).siblings, ["name", "env"]);
  assert.deepEqual(yamlPlace(text, 15, 0).siblings, []);
  assert.deepEqual(yamlPlace(text, 0, 0).siblings, ["metadata", "spec"]);
});

test("a document is what its own lines say, also while it does not parse", () => {
  const lines = ["apiVersion: v1", "kind: Ship", "---", 'apiVersion: "v2"', "kind: Boat", "spec: [", "---", "a: b"];
  assert.deepEqual(documentKindAt(lines, 1), { apiVersion: "v1", kind: "Ship" });
  assert.deepEqual(documentKindAt(lines, 5), { apiVersion: "v2", kind: "Boat" });
  assert.equal(documentKindAt(lines, 7), null);
});
