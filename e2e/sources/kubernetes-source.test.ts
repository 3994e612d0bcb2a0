import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import type { Credential } from "../../lib/server/access/person.ts";
import type { ClusterSource } from "../../lib/server/sources/kubernetes/cluster-source.ts";
import { openClusters } from "../../lib/server/sources/kubernetes/open-clusters.ts";
import { mayListAndWatch, reviewToken, whoAmI } from "../../lib/server/sources/kubernetes/reviews.ts";
import { ServedKinds } from "../../lib/server/sources/kubernetes/served-kinds.ts";
import { missing } from "../../tools/real-parts.ts";
import { certificatePaths } from "../cluster/certificates.ts";
import { attachCluster } from "../cluster/cluster.ts";
import { testKubeconfig } from "../oracle/test-kubeconfig.ts";
import type { Cost } from "./compare-reads.ts";
import { compareReads } from "./compare-reads.ts";

const reader: Credential = { type: "reader" };
let source: ClusterSource;

before(async () => {
  const env = { KUBECONFIG: await testKubeconfig() };
  const { sources } = await openClusters({ env, home: homedir(), contexts: [], allowExec: true, version: "test" });
  const [first] = sources;
  assert.ok(first, "the kubeconfig has a context");
  source = first;
});
after(() => source.close());

/** A token of a service account that may do next to nothing. */
async function powerlessToken(): Promise<Credential> {
  const path = "/api/v1/namespaces/default/serviceaccounts/default/token";
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 600 } };
  const answer = (await source.postJson(path, request, reader)) as { status: { token: string } };
  return { type: "token", token: answer.status.token };
}

test("the reader is known and may see everything", async () => {
  assert.match((await source.version(reader)).gitVersion, /^v1\.\d+/);
  assert.ok((await whoAmI(source, reader)).groups.includes("system:authenticated"));
  for (const namespace of [null, "default"]) {
    assert.equal(await mayListAndWatch(source, reader, { group: "", resource: "pods", namespace }), true);
  }
});

test("a person's token is that person, whatever the reader may", async () => {
  const person = await powerlessToken();
  assert.equal((await whoAmI(source, person)).name, "system:serviceaccount:default:default");
  assert.equal(await mayListAndWatch(source, person, { group: "", resource: "pods", namespace: null }), false);
  await assert.rejects(source.getJson("/api/v1/pods?limit=1", person), { code: "forbidden", status: 403 });
  assert.ok(person.type === "token");
  assert.equal((await reviewToken(source, person.token)).name, "system:serviceaccount:default:default");
});

test("a reader that signs in by certificate lends it to nobody", { skip: missing("own-cluster") }, async () => {
  const { plan, server, caFile } = await attachCluster(process.env["STOWAGE_TEST_CLUSTER"] || "test");
  const { cert, key } = certificatePaths(plan).kubeletClient;
  const folder = mkdtempSync(join(tmpdir(), "stowage-certified-"));
  const kubeconfig = join(folder, "config");
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: "c", cluster: { server, "certificate-authority": caFile } }],
      users: [{ name: "u", user: { "client-certificate": cert, "client-key": key } }],
      contexts: [{ name: "certified", context: { cluster: "c", user: "u" } }],
    }),
  );
  const options = { env: { KUBECONFIG: kubeconfig }, home: folder, contexts: [], allowExec: false, version: "test" };
  const [certified] = (await openClusters(options)).sources;
  assert.ok(certified);
  try {
    const person = await powerlessToken();
    for (let round = 0; round < 3; round++) {
      assert.ok((await whoAmI(certified, reader)).groups.includes("system:masters"));
      assert.equal((await whoAmI(certified, person)).name, "system:serviceaccount:default:default");
    }
  } finally {
    certified.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a token that nobody knows is signed out", async () => {
  const stranger: Credential = { type: "token", token: "nobody-knows-this-token" };
  await assert.rejects(whoAmI(source, stranger), { code: "signed-out", status: 401 });
  await assert.rejects(reviewToken(source, "nobody-knows-this-token"), { code: "signed-out" });
});

test("served kinds are found and others are not", async () => {
  const kinds = new ServedKinds(source);
  assert.equal((await kinds.find({ group: "apps", version: "v1", resource: "deployments" }))?.kind, "Deployment");
  assert.equal(await kinds.find({ group: "apps", version: "v1", resource: "nonsense" }), null);
  assert.equal(await kinds.find({ group: "nonsense.example.com", version: "v1", resource: "things" }), null);
});

test("a version of long ago is gone", async () => {
  const expired = source.open({
    method: "GET",
    path: "/api/v1/pods?watch=true&resourceVersion=1&timeoutSeconds=5",
    credential: reader,
  });
  // A server that still has it answers with a stream.
  await expired.then(
    ({ body }) => void body.destroy(),
    (error: unknown) => assert.equal((error as { code?: string }).code, "gone"),
  );
});

test("150 watches at once are open, on two sessions", async () => {
  const abort = new AbortController();
  const path = "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=60";
  const watches = await Promise.all(
    Array.from({ length: 150 }, () => source.open({ method: "GET", path, credential: reader, signal: abort.signal })),
  );
  assert.ok(watches.every(({ status }) => status === 200));
  abort.abort(new Error("enough"));
});

test("reading every pod by WatchList costs no more than over bare HTTP/1.1", async (t) => {
  const pairs = Number(process.env["STOWAGE_TEST_PAIRS"] ?? 7);
  const { events, bytes, transport, bare } = await compareReads(source, await testKubeconfig(), pairs);
  const print = ({ ms, cpu }: Cost) => `${ms.toFixed(0)} ms (${cpu.toFixed(0)} ms CPU)`;
  t.diagnostic(`${events} events, ${bytes} bytes, median of ${pairs}`);
  t.diagnostic(`transport ${print(transport)}, node:https ${print(bare)}`);
  // By processor time, since the clock tells of everything else that the machine does. On few pods connecting is all there is.
  assert.ok(
    transport.cpu <= bare.cpu * 1.3 + 50,
    `${print(transport)} over the transport, ${print(bare)} over node:https`,
  );
});
