import assert from "node:assert/strict";

import { sleep } from "../cluster/wait-until.ts";
import { ask, json } from "./api-door.ts";
import type { Answer, ApiDoor } from "./api-door.ts";
import { deployment, deploymentsAt, mergePatch, patch, read, readStatus, withDeployment } from "./test-objects.ts";
import type { Deployment } from "./test-objects.ts";

/** What a refusal says: its code, its reason, and the fields that are meant. */
function refusal(answer: Answer): [number, string | undefined, string[]] {
  const { reason, details, kind, status, code } = readStatus(answer);
  assert.deepEqual([kind, status, code], ["Status", "Failure", answer.status]);
  return [answer.status, reason, (details?.causes ?? []).map(({ field }) => field)];
}

/** What Stowage relies on when it writes. */
export const writeContract: Record<string, (door: ApiDoor) => Promise<void>> = {
  "what is created is filled in, and is there once": async (door) => {
    await withDeployment(door, async (path, name, made) => {
      assert.equal(made.metadata?.["generation"], 1);
      assert.match(made.metadata?.uid ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(made.metadata?.namespace, door.namespace);
      assert.equal(made.spec.template.spec.containers[0]?.imagePullPolicy, "IfNotPresent");
      assert.equal(made.spec.template.spec.containers[0]?.ports?.[0]?.protocol, "TCP");
      const again = await ask(door, deploymentsAt(door), { body: deployment(name) });
      assert.deepEqual(refusal(again), [409, "AlreadyExists", []]);
      assert.equal(readStatus(again).message, `deployments.apps "${name}" already exists`);
      assert.equal((await ask(door, path)).status, 200);
    });
  },

  "a dry run answers what would be, and changes nothing": async (door) => {
    const wish = await ask(door, `${deploymentsAt(door)}?dryRun=All`, { body: deployment("contract-dry") });
    assert.equal(wish.status, 201);
    assert.match(read(wish).metadata?.uid ?? "", /^[0-9a-f-]{36}$/);
    assert.equal((await ask(door, `${deploymentsAt(door)}/contract-dry`)).status, 404);
    await withDeployment(door, async (path) => {
      const before = read(await ask(door, path));
      const patched = await patch(door, `${path}?dryRun=All`, mergePatch, { spec: { replicas: 3 } });
      assert.equal(read(patched).spec.replicas, 3);
      assert.equal(read(patched).metadata?.["generation"], 2);
      const scaled = await patch(door, `${path}/scale?dryRun=All`, mergePatch, { spec: { replicas: 4 } });
      assert.equal(read(scaled).spec.replicas, 4);
      assert.equal((await ask(door, `${path}?dryRun=All`, { method: "DELETE" })).status, 200);
      const after = read(await ask(door, path));
      assert.deepEqual(after.spec, before.spec);
      assert.equal(after.metadata?.["generation"], 1);
    });
    const wrong = await ask(door, `${deploymentsAt(door)}?dryRun=Some`, { body: deployment("contract-dry") });
    assert.deepEqual(refusal(wrong), [422, "Invalid", ["dryRun"]]);
  },

  "what is wrong is refused, with the fields that are": async (door) => {
    const path = deploymentsAt(door);
    const name = "contract-wrong";
    const send = async (body: unknown) => refusal(await ask(door, `${path}?dryRun=All`, { body }));
    const withContainer = (container: object) =>
      deployment(name, { template: { metadata: { labels: { app: name } }, spec: { containers: [container] } } });
    assert.deepEqual(await send(deployment("")), [422, "Invalid", ["metadata.name"]]);
    assert.deepEqual(await send(deployment("Wrong_Name")), [422, "Invalid", ["metadata.name"]]);
    assert.deepEqual(await send(deployment(name, { replicas: -1 })), [422, "Invalid", ["spec.replicas"]]);
    assert.deepEqual(await send(deployment(name, { replicas: "many" })), [400, "BadRequest", []]);
    const other = deployment(name, { selector: { matchLabels: { app: "other" } } });
    assert.deepEqual(await send(other), [422, "Invalid", ["spec.template.metadata.labels"]]);
    const image = "spec.template.spec.containers[0].image";
    assert.deepEqual(await send(withContainer({ name: "main" })), [422, "Invalid", [image]]);
    const port = { name: "main", image: "a:1", ports: [{ containerPort: 70_000 }] };
    const portField = "spec.template.spec.containers[0].ports[0].containerPort";
    assert.deepEqual(await send(withContainer(port)), [422, "Invalid", [portField]]);
    assert.deepEqual(await send({ ...deployment(name), kind: "Pod" }), [400, "BadRequest", []]);
    assert.deepEqual(await send({ ...deployment(name), apiVersion: "v1" }), [400, "BadRequest", []]);
    assert.deepEqual(await send("{"), [400, "BadRequest", []]);
    const strict = `${path}?dryRun=All&fieldValidation=Strict`;
    const unknown = await ask(door, strict, { body: deployment(name, { replicaz: 1 }) });
    assert.equal(unknown.status, 400);
    assert.match(readStatus(unknown).message, /strict decoding error: unknown field "spec\.replicaz"$/);
    const nowhere = await ask(door, "/apis/apps/v1/namespaces/no-such-namespace/deployments", {
      body: deployment(name),
    });
    assert.deepEqual(refusal(nowhere), [404, "NotFound", []]);
    const media = await ask(door, path, { body: deployment(name), contentType: "text/plain" });
    assert.equal(media.status, 415);
  },

  "a body that is too large is refused": async (door) => {
    const padding = "x".repeat(4 * 1024 * 1024);
    const body = { ...deployment("contract-large"), metadata: { name: "contract-large", annotations: { padding } } };
    // A server need not read it all: it may hang up before.
    const refused = await ask(door, `${deploymentsAt(door)}?dryRun=All`, { body }).then(
      ({ status }) => status,
      (fault: NodeJS.ErrnoException) => fault.code ?? "",
    );
    assert.ok([413, "ECONNRESET", "EPIPE"].includes(refused), String(refused));
    assert.equal((await ask(door, `${deploymentsAt(door)}/contract-large`)).status, 404);
  },

  "a write for an old version is a conflict, in words that can be shown": async (door) => {
    await withDeployment(door, async (path, name) => {
      const fresh = read(await ask(door, path));
      const old = { ...fresh, metadata: { ...fresh.metadata, resourceVersion: "1" } };
      const conflict = await ask(door, path, { method: "PUT", body: old });
      assert.deepEqual(refusal(conflict), [409, "Conflict", []]);
      assert.equal(
        readStatus(conflict).message,
        `Operation cannot be fulfilled on deployments.apps "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
      const patched = await patch(door, path, mergePatch, { metadata: { resourceVersion: "1" } });
      assert.deepEqual(refusal(patched), [409, "Conflict", []]);
      const scaled = await patch(door, `${path}/scale`, mergePatch, {
        metadata: { resourceVersion: "1" },
        spec: { replicas: 0 },
      });
      assert.deepEqual(refusal(scaled), [409, "Conflict", []]);
    });
  },

  "another spec is another generation, another label is not; a selector stays": async (door) => {
    await withDeployment(door, async (path, name, made) => {
      const { resourceVersion: _version, ...metadata } = made.metadata ?? {};
      const labelled = { ...made, metadata: { ...metadata, labels: { a: "b" } } };
      const relabelled = read(await patch(door, path, mergePatch, { metadata: { labels: { a: "b" } } }));
      assert.deepEqual([relabelled.metadata?.labels, relabelled.metadata?.["generation"]], [{ a: "b" }, 1]);
      const changed = { ...labelled, spec: { ...made.spec, minReadySeconds: 2 } };
      const other = read(await ask(door, path, { method: "PUT", body: changed }));
      assert.deepEqual([other.spec.minReadySeconds, other.metadata?.["generation"]], [2, 2]);
      const noted = read(await patch(door, path, mergePatch, { metadata: { annotations: { a: "b" } } }));
      // A deployment's annotations go to its replica sets, and so count.
      assert.equal(noted.metadata?.["generation"], 3);
      const selector = deployment("other").spec;
      const moved: Deployment = { ...labelled, spec: { ...made.spec, ...selector } };
      assert.deepEqual(refusal(await ask(door, path, { method: "PUT", body: moved })), [
        422,
        "Invalid",
        ["spec.selector"],
      ]);
      const elsewhere = await ask(door, path, {
        method: "PUT",
        body: { ...labelled, metadata: { name: `${name}-b` } },
      });
      assert.deepEqual(refusal(elsewhere), [400, "BadRequest", []]);
    });
  },

  "scale is a document of its own": async (door) => {
    await withDeployment(door, async (path, name) => {
      const scale = await json<Deployment & { status: { selector: string } }>(door, `${path}/scale`);
      assert.deepEqual([scale.kind, scale.apiVersion], ["Scale", "autoscaling/v1"]);
      assert.equal(scale.status.selector, `app=${name}`);
      const negative = await patch(door, `${path}/scale`, mergePatch, { spec: { replicas: -1 } });
      assert.deepEqual(refusal(negative), [422, "Invalid", ["spec.replicas"]]);
      const put = await ask(door, `${path}/scale?dryRun=All`, {
        method: "PUT",
        body: { ...scale, metadata: { name, namespace: door.namespace }, spec: { replicas: 2 } },
      });
      assert.equal(read(put).spec.replicas, 2);
      assert.equal((await ask(door, `/api/v1/namespaces/${door.namespace}/pods/none/scale`)).status, 404);
    });
  },

  "what is deleted is gone, and preconditions hold": async (door) => {
    await withDeployment(door, async (path, name, made) => {
      const remove = (body: object) => ask(door, path, { method: "DELETE", body });
      const options = { apiVersion: "v1", kind: "DeleteOptions" };
      const other = await remove({ ...options, preconditions: { uid: "00000000-0000-0000-0000-000000000000" } });
      assert.deepEqual(refusal(other), [409, "Conflict", []]);
      const gone = await remove({ ...options, preconditions: { uid: made.metadata?.uid } });
      assert.equal(gone.status, 200);
      const told = readStatus(gone);
      assert.deepEqual([told.status, told.details?.name, told.details?.kind], ["Success", name, "deployments"]);
      const after = await ask(door, path, { method: "DELETE" });
      assert.deepEqual(refusal(after), [404, "NotFound", []]);
      assert.equal(readStatus(after).message, `deployments.apps "${name}" not found`);
    });
  },

  "what is made of a deployment goes with it": async (door) => {
    await withDeployment(door, async (path, name) => {
      const sets = `/apis/apps/v1/namespaces/${door.namespace}/replicasets?labelSelector=app%3D${name}`;
      const count = async () => (await json<{ items: unknown[] }>(door, sets)).items.length;
      await until(async () => (await count()) === 1);
      await ask(door, path, { method: "DELETE" });
      await until(async () => (await count()) === 0);
    });
  },
};

/** Asks again until it is so; a controller does it within seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await sleep(200);
  }
  assert.fail("it did not come to be within 20 seconds");
}
