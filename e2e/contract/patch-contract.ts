import assert from "node:assert/strict";

import { ask } from "./api-door.ts";
import type { ApiDoor } from "./api-door.ts";
import {
  applyPatch,
  jsonPatch,
  mergePatch,
  patch,
  read,
  readStatus,
  strategicPatch,
  withDeployment,
} from "./test-objects.ts";

/** The four ways to change a part of an object. */
export const patchContract: Record<string, (door: ApiDoor) => Promise<void>> = {
  "a merge patch replaces lists, and null takes away": async (door) => {
    await withDeployment(door, async (path) => {
      const labels = { keep: "a", go: "b" };
      await patch(door, path, mergePatch, { metadata: { labels } });
      const patched = read(
        await patch(door, path, mergePatch, {
          metadata: { labels: { go: null } },
          spec: { template: { spec: { containers: [{ name: "other", image: "example/other:1" }] } } },
        }),
      );
      assert.deepEqual(patched.metadata?.labels, { keep: "a" });
      assert.deepEqual(
        patched.spec.template.spec.containers.map(({ name }) => name),
        ["other"],
      );
    });
  },

  "a strategic merge patch merges lists by their keys": async (door) => {
    await withDeployment(door, async (path) => {
      const send = async (spec: object) => {
        const answer = await patch(door, path, strategicPatch, { spec: { template: { spec } } });
        assert.equal(answer.status, 200, answer.text);
        return read(answer).spec.template.spec;
      };
      const added = await send({
        containers: [
          { name: "second", image: "example/second:1" },
          {
            name: "main",
            env: [{ name: "B", value: "2" }],
            ports: [{ containerPort: 80, name: "http" }, { containerPort: 81 }],
          },
        ],
        volumes: [{ name: "work", emptyDir: {} }],
      });
      assert.deepEqual(
        added.containers.map(({ name }) => name),
        ["second", "main"],
      );
      const main = added.containers[1];
      assert.equal(main?.image, "example/main:1");
      assert.deepEqual(
        main?.env?.map(({ name }) => name),
        ["B", "A"],
      );
      assert.deepEqual(
        main?.ports?.map(({ containerPort, name }) => [containerPort, name]),
        [
          [80, "http"],
          [81, undefined],
        ],
      );
      const ordered = await send({
        containers: [
          { name: "second", $patch: "delete" },
          { name: "main", env: [{ name: "A", value: "3" }], "$setElementOrder/env": [{ name: "A" }, { name: "B" }] },
        ],
      });
      assert.deepEqual(
        ordered.containers.map(({ name, env }) => [name, env]),
        [
          [
            "main",
            [
              { name: "A", value: "3" },
              { name: "B", value: "2" },
            ],
          ],
        ],
      );
      const replaced = await send({ containers: [{ name: "main", image: "a:1" }, { $patch: "replace" }] });
      assert.equal(replaced.containers[0]?.env, undefined);
      const nameless = await patch(door, path, strategicPatch, {
        spec: { template: { spec: { containers: [{ image: "a:2" }] } } },
      });
      assert.equal(nameless.status, 500);
    });
  },

  "a JSON patch is all or nothing": async (door) => {
    await withDeployment(door, async (path) => {
      const good = await patch(door, path, jsonPatch, [
        { op: "test", path: "/spec/replicas", value: 0 },
        { op: "add", path: "/metadata/labels", value: { "a/b": "c" } },
        { op: "replace", path: "/spec/template/spec/containers/0/image", value: "example/main:2" },
        { op: "add", path: "/spec/template/spec/containers/-", value: { name: "last", image: "example/last:1" } },
        { op: "copy", from: "/metadata/labels/a~1b", path: "/metadata/labels/d" },
        { op: "move", from: "/metadata/labels/d", path: "/metadata/labels/e" },
      ]);
      assert.equal(good.status, 200, good.text);
      assert.deepEqual(read(good).metadata?.labels, { "a/b": "c", e: "c" });
      assert.deepEqual(
        read(good).spec.template.spec.containers.map(({ image }) => image),
        ["example/main:2", "example/last:1"],
      );
      const bad = await patch(door, path, jsonPatch, [
        { op: "replace", path: "/spec/replicas", value: 0 },
        { op: "remove", path: "/metadata/labels/e" },
        { op: "test", path: "/spec/replicas", value: 9 },
      ]);
      assert.deepEqual([bad.status, readStatus(bad).reason], [422, "Invalid"]);
      assert.deepEqual(read(await ask(door, path)).metadata?.labels, { "a/b": "c", e: "c" });
    });
  },

  "what is applied is owned: others are refused, and what is no longer applied goes": async (door) => {
    await withDeployment(door, async (path, name) => {
      const apply = (who: string, spec: object, more = "") =>
        patch(
          door,
          `${path}?fieldManager=${who}${more}`,
          applyPatch,
          JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name }, spec }),
        );
      const first = await apply("one", { minReadySeconds: 5 });
      assert.equal(first.status, 200, first.text);
      const owners = read(first).metadata?.["managedFields"] as { manager: string; operation: string }[];
      assert.ok(owners.some(({ manager, operation }) => manager === "one" && operation === "Apply"));
      const refused = await apply("two", { minReadySeconds: 6 });
      assert.deepEqual([refused.status, readStatus(refused).reason], [409, "Conflict"]);
      assert.equal(
        readStatus(refused).message,
        'Apply failed with 1 conflict: conflict with "one": .spec.minReadySeconds',
      );
      assert.deepEqual(
        readStatus(refused).details?.causes?.map(({ field }) => field),
        [".spec.minReadySeconds"],
      );
      assert.equal(read(await apply("two", { minReadySeconds: 6 }, "&force=true")).spec.minReadySeconds, 6);
      assert.equal(read(await apply("two", {})).spec.minReadySeconds, undefined);
      assert.equal((await patch(door, path, applyPatch, "apiVersion: apps/v1\nkind: Deployment\n")).status, 422);
      const unknown = await apply("one", { minReadyzSeconds: 1 });
      assert.match(readStatus(unknown).message, /\.spec\.minReadyzSeconds: field not declared in schema$/);
    });
  },

  "what is applied and not there is made": async (door) => {
    await withDeployment(door, async (path, name, made) => {
      await ask(door, path, { method: "DELETE" });
      const { replicas, selector, template } = made.spec;
      const body = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name },
        spec: { replicas, selector, template },
      };
      const applied = await patch(door, `${path}?fieldManager=one`, applyPatch, JSON.stringify(body));
      assert.equal(applied.status, 201, applied.text);
      assert.equal((await ask(door, path)).status, 200);
    });
  },

  "a patch of an unknown sort is refused": async (door) => {
    await withDeployment(door, async (path) => {
      assert.equal((await patch(door, path, "application/json", {})).status, 415);
    });
  },
};
