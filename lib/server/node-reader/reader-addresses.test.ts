import assert from "node:assert/strict";
import { test } from "node:test";

import { parseNodeReaders, readerAddresses } from "./reader-addresses.ts";

function pod(
  node: string,
  address: string,
  over: { metadata?: object; ports?: object[]; ready?: string } = {},
): object {
  const labels = { "app.kubernetes.io/name": "stowage-node-reader" };
  return {
    metadata: { name: `reader-${node}`, namespace: "stowage", labels, ...over.metadata },
    spec: { nodeName: node, containers: [{ ports: over.ports ?? [{ name: "reader", containerPort: 7200 }] }] },
    status: { podIP: address, conditions: [{ type: "Ready", status: over.ready ?? "True" }] },
  };
}

test("readers are found by node, at the port that their pod names", () => {
  const pods = [
    pod("a", "10.0.0.7"),
    pod("b", "fd00::7", { ports: [] }),
    pod("not-ready", "10.0.0.8", { ready: "False" }),
    pod("going", "10.0.0.9", { metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }),
    pod("elsewhere", "10.0.0.10", { metadata: { namespace: "shop" } }),
    pod("other", "10.0.0.11", { metadata: { labels: { "app.kubernetes.io/name": "web" } } }),
    pod("no-address", "evil.example.com"),
    { kind: "Pod" },
  ];
  assert.deepEqual(
    [...readerAddresses(pods, "stowage")],
    [
      ["a", "http://10.0.0.7:7200"],
      ["b", "http://[fd00::7]:7118"],
    ],
  );
});

test("readers are named by node, or by cluster and node", () => {
  const find = parseNodeReaders("a=http://10.0.0.7:7118, prod/a=http://10.1.0.7:7118/");
  assert.equal(find("dev", "a"), "http://10.0.0.7:7118");
  assert.equal(find("prod", "a"), "http://10.1.0.7:7118");
  assert.equal(find("prod", "b"), null);
  assert.equal(parseNodeReaders("")("prod", "a"), null);
});

test("what is no address of a reader is refused", () => {
  for (const text of ["a", "=http://x:1", "a=10.0.0.7", "a=https://x:1", "a=http://x:1/path", "a=http://u:p@x:1"])
    assert.throws(() => parseNodeReaders(text), { message: /node-1=http/ }, text);
});
