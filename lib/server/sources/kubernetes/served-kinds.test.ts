import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ServedKinds } from "./served-kinds.ts";
import { answerJson } from "./testing/test-api-server.ts";
import { startCluster } from "./testing/test-cluster.ts";

const deployments = { group: "apps", version: "v1", resource: "deployments" };

describe("ServedKinds", () => {
  it("asks once for a group and version, and again when it may have changed", async () => {
    let installed = false;
    const { source, server, close } = await startCluster((request, response) => {
      if (request.url === "/apis/apps/v1")
        answerJson(response, 200, {
          resources: [{ name: "deployments", kind: "Deployment", namespaced: true, verbs: ["list"] }],
        });
      else if (request.url === "/apis/example.com/v1" && installed)
        answerJson(response, 200, { resources: [{ name: "things", kind: "Thing", namespaced: false }] });
      else answerJson(response, 404, { kind: "Status", message: "no" });
    });
    let clock = 0;
    const kinds = new ServedKinds(source, () => clock);
    const all = await Promise.all(Array.from({ length: 10 }, () => kinds.find(deployments)));
    assert.deepEqual(all[0], { name: "deployments", kind: "Deployment", namespaced: true, verbs: ["list"] });
    assert.equal(await kinds.find({ ...deployments, resource: "nonsense" }), null);
    assert.equal(server.seen.length, 1);
    const things = { group: "example.com", version: "v1", resource: "things" };
    assert.equal(await kinds.find(things), null);
    installed = true;
    assert.equal(await kinds.find(things), null);
    clock += 31_000;
    assert.deepEqual(await kinds.find(things), { name: "things", kind: "Thing", namespaced: false, verbs: [] });
    assert.equal(server.seen.length, 3);
    clock += 300_000;
    await kinds.find(deployments);
    assert.equal(server.seen.length, 4);
    await close();
  });

  it("does not take a server that fails for one that lacks the kind", async () => {
    const { source, close } = await startCluster((_, response) => answerJson(response, 503, {}));
    await assert.rejects(new ServedKinds(source).find({ group: "", version: "v1", resource: "pods" }), {
      code: "busy",
    });
    await close();
  });
});
