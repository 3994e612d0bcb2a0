import assert from "node:assert/strict";
import { test } from "node:test";

import { protobufBody } from "./protobuf-body.ts";

/** One field with a length. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

function envelope(kind: string, raw: Buffer): Buffer {
  const type = Buffer.concat([field(1, "v1"), field(2, kind)]);
  return Buffer.concat([Buffer.from("k8s\0"), field(1, type), field(2, raw)]);
}

test("a name is found in the metadata", () => {
  const metadata = Buffer.concat([field(1, "ship"), field(3, "shop")]);
  const object = Buffer.concat([field(1, metadata), Buffer.from([2 << 3, 0x96, 0x01]), field(3, "x".repeat(300))]);
  assert.deepEqual(protobufBody(envelope("ConfigMap", object)), { kind: "ConfigMap", metadata: { name: "ship" } });
});

test("a dry run is found in the options of a deletion and of an eviction", () => {
  const options = Buffer.concat([Buffer.from([1 << 3, 30]), field(5, "All")]);
  assert.deepEqual(protobufBody(envelope("DeleteOptions", options)), { kind: "DeleteOptions", dryRun: ["All"] });
  const eviction = Buffer.concat([field(1, field(1, "web")), field(2, options)]);
  assert.deepEqual(protobufBody(envelope("Eviction", eviction)), {
    kind: "Eviction",
    metadata: { name: "web" },
    deleteOptions: { dryRun: ["All"] },
  });
});

test("what is none is told by the API server", () => {
  for (const bytes of [
    "",
    "k8s\0\u000a\u007f",
    "{}",
    "k8s\0\u000f",
    "k8s\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
  ])
    assert.equal(typeof (protobufBody(Buffer.from(bytes, "latin1")) ?? undefined), "undefined", JSON.stringify(bytes));
});
