import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { parseWatchEvent } from "./watch-event.ts";

const parse = (text: string) => parseWatchEvent(Buffer.from(text));
const event = (metadata: object, rest: object = {}) =>
  JSON.stringify({ type: "ADDED", object: { metadata: { name: "a", resourceVersion: "1", ...metadata }, ...rest } });

test("an event is what JSON.parse says it is, but for managedFields", () => {
  // Names that end a list too early, and values that look like the field.
  const hostile = fc.constantFrom(
    "]",
    '"',
    "\\",
    '],"',
    '"}]',
    ',"managedFields":[',
    "a",
    "{",
    "}",
    "[",
    "é",
    "\u0000",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join("")),
  );
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constant({}),
      fc.dictionary(text, tie("node"), { maxKeys: 4 }),
      fc.array(tie("node"), { maxLength: 3 }),
      text,
    ),
  })).node;
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 3 }), tree, tree, fc.boolean(), (managedFields, before, after, last) => {
      const metadata = last ? { before, managedFields, after } : { before, managedFields };
      const line = event(metadata, { spec: after, status: { managedFields, before } });
      const heard = parse(line);
      assert.ok(heard.type === "ADDED");
      const seen = heard.object as { metadata: { managedFields?: unknown } };
      const expected = JSON.parse(line).object;
      // The first is left out unless that broke the rest.
      if (seen.metadata.managedFields === undefined) delete expected.metadata.managedFields;
      assert.deepEqual(seen, expected);
    }),
  );
});

test("managedFields of the usual form are not parsed", () => {
  const managedFields = [{ manager: "kubectl", fieldsV1: { "f:labels": { 'k:{"name":"web"}': { ".": {} } } } }];
  const heard = parse(event({ managedFields, labels: { a: "b" } }, { spec: { containers: [] } }));
  assert.ok(heard.type === "ADDED");
  assert.deepEqual(heard.object, {
    metadata: { name: "a", resourceVersion: "1", labels: { a: "b" } },
    spec: { containers: [] },
  });
});

test("a byte of them that is lost or changed makes no other event", () => {
  const managedFields = [{ manager: "kubectl", fieldsV1: { "f:labels": { 'k:{"name":"web"}': { ".": {} } } } }];
  const line = Buffer.from(event({ managedFields, labels: { a: "b" } }, { spec: { containers: [{ args: ["[x]"] }] } }));
  const withoutField = (bytes: Buffer) =>
    JSON.stringify(parseWatchEvent(bytes), (name, value: unknown) => (name === "managedFields" ? undefined : value));
  const whole = withoutField(line);
  const start = line.indexOf("[{") + 1;
  for (let place = start; line.toString("utf8", place, place + 8) !== ',"labels'; place += 1) {
    const rest = line.subarray(place + 1);
    for (const byte of ["", '"', "\\", "[", "]", "{", "}", ","]) {
      const changed = Buffer.concat([line.subarray(0, place), Buffer.from(byte), rest]);
      try {
        assert.equal(withoutField(changed), whole, `${place} ${byte}`);
      } catch (thrown) {
        assert.equal((thrown as { code?: string }).code, "source-refused", String(thrown));
      }
    }
  }
});
