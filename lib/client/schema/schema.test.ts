import assert from "node:assert/strict";
import { test } from "node:test";

import type { KindSchema } from "../../protocol/action-answer.ts";
import { checkYaml, documentKinds } from "./check-yaml.ts";
import { nodeAt, propertyOf } from "./schema-node.ts";

const schema: KindSchema = {
  root: "Ship",
  schemas: {
    Ship: {
      type: "object",
      properties: {
        apiVersion: { type: "string" },
        kind: { type: "string" },
        spec: { allOf: [{ $ref: "#/components/schemas/Spec" }], description: "what is wanted", default: {} },
      },
    },
    Spec: {
      type: "object",
      description: "the specification",
      required: ["masts"],
      properties: {
        masts: { type: "integer", description: "how many" },
        rig: { type: "string", enum: ["sloop", "ketch"] },
        crew: { type: "array", items: { $ref: "#/components/schemas/Sailor" } },
        labels: { type: "object", additionalProperties: { type: "string" } },
      },
    },
    Sailor: { type: "object", properties: { name: { type: "string" }, able: { type: "boolean" } } },
  },
};

test("references, parts and lists are followed", () => {
  const spec = nodeAt(schema, ["spec"]);
  assert.deepEqual([spec?.description, spec?.required], ["what is wanted", ["masts"]]);
  assert.deepEqual(Object.keys(nodeAt(schema, ["spec", "crew", "[]"])?.properties ?? {}), ["name", "able"]);
  assert.deepEqual(nodeAt(schema, ["spec", "crew", "[]", "able"])?.values, ["true", "false"]);
  assert.equal(nodeAt(schema, ["spec", "labels", "any"])?.type, "string");
  assert.equal(nodeAt(schema, ["spec", "none"]), null);
  assert.equal(spec && propertyOf(schema, spec, "crew")?.type, "list");
});

test("what does not fit is found where it stands", () => {
  const text = `apiVersion: v1
kind: Ship
spec:
  masts: two
  rig: brig
  hull: 1
  crew:
  - {name: Ann, able: 7}
  labels: {a: b}
`;
  const found = checkYaml(text, () => schema).map(({ from, to, problem }) => [text.slice(from, to), problem.code]);
  assert.deepEqual(found, [
    ["two", "wantsType"],
    ["brig", "wantsOneOf"],
    ["hull", "noField"],
    ["7", "wantsType"],
  ]);
  assert.deepEqual(
    checkYaml(text, () => null),
    [],
  );
});

test("a text that does not parse says where, and its other documents are known", () => {
  const text = "apiVersion: v1\nkind: Ship\n---\na: [1\n---\napiVersion: v2\nkind: Boat\n";
  assert.deepEqual(
    documentKinds(text).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
    ["v1 Ship", "v2 Boat"],
  );
  const [finding] = checkYaml(text, () => schema);
  assert.equal(finding?.level, "error");
  assert.ok((finding?.from ?? 0) > text.indexOf("a: ["));
});
