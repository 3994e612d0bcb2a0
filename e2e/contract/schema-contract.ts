import assert from "node:assert/strict";

import { json } from "./api-door.ts";
import type { ApiDoor } from "./api-door.ts";

type Schema = {
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: { $ref: string }[];
  $ref?: string;
  description?: string;
} & Record<`x-kubernetes-${string}`, unknown>;
type Document = { openapi: string; components: { schemas: Record<string, Schema> } };

async function schemas(door: ApiDoor, path: string): Promise<Record<string, Schema>> {
  const { paths } = await json<{ paths: Record<string, { serverRelativeURL: string }> }>(door, "/openapi/v3");
  const url = paths[path]?.serverRelativeURL;
  assert.ok(url, `there is no ${path}`);
  const document = await json<Document>(door, url);
  assert.match(document.openapi, /^3\./);
  return document.components.schemas;
}

/** What an editor reads of a cluster before anybody writes. */
export const schemaContract: Record<string, (door: ApiDoor) => Promise<void>> = {
  "discovery tells what can be written, and the parts of it": async (door) => {
    type Resources = { resources: { name: string; kind: string; verbs: string[] }[] };
    const verbs = async (path: string, name: string) =>
      (await json<Resources>(door, path)).resources.find((each) => each.name === name)?.verbs.toSorted();
    const all = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    for (const name of ["deployments", "replicasets", "statefulsets", "daemonsets"]) {
      assert.deepEqual(await verbs("/apis/apps/v1", name), all, name);
    }
    for (const name of ["jobs", "cronjobs"]) assert.deepEqual(await verbs("/apis/batch/v1", name), all, name);
    assert.deepEqual(await verbs("/apis/discovery.k8s.io/v1", "endpointslices"), all);
    assert.equal(await verbs("/apis/discovery.k8s.io/v1", "endpointslices/status"), undefined);
    for (const name of ["pods", "nodes", "services"]) assert.deepEqual(await verbs("/api/v1", name), all, name);
    assert.deepEqual(await verbs("/apis/apps/v1", "deployments/scale"), ["get", "patch", "update"]);
    assert.deepEqual(await verbs("/api/v1", "pods/eviction"), ["create"]);
    assert.deepEqual(await verbs("/api/v1", "pods/exec"), ["create", "get"]);
    assert.deepEqual(await verbs("/api/v1", "pods/log"), ["get"]);
  },

  "OpenAPI has a schema for each kind, by its group, version and kind": async (door) => {
    for (const [path, kinds] of [
      ["api/v1", ["Pod", "Node", "Namespace", "Event", "Service"]],
      ["apis/apps/v1", ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]],
      ["apis/batch/v1", ["Job", "CronJob"]],
      ["apis/discovery.k8s.io/v1", ["EndpointSlice"]],
    ] as const) {
      const found = Object.values(await schemas(door, path));
      const group = path.split("/").slice(1, -1).join("");
      for (const kind of kinds) {
        const named = found.find((schema) =>
          (schema["x-kubernetes-group-version-kind"] as { group: string; kind: string }[] | undefined)?.some(
            (each) => each.group === group && each.kind === kind,
          ),
        );
        assert.equal(named?.properties?.["metadata"]?.allOf?.[0]?.$ref.endsWith("ObjectMeta"), true, `${path} ${kind}`);
      }
    }
  },

  "schemas lead from a deployment to its containers' ports, with types and merge keys": async (door) => {
    const all = await schemas(door, "apis/apps/v1");
    const at = (schema: Schema | undefined, field: string): Schema | undefined => {
      const name = (schema?.$ref ?? schema?.allOf?.[0]?.$ref)?.split("/").at(-1);
      return (name === undefined ? schema : all[name])?.properties?.[field];
    };
    const spec = at(all["io.k8s.api.apps.v1.Deployment"], "spec");
    const replicas = at(spec, "replicas");
    assert.deepEqual([replicas?.type, replicas?.format], ["integer", "int32"]);
    assert.notEqual(replicas?.description ?? "", "");
    const containers = at(at(at(spec, "template"), "spec"), "containers");
    assert.equal(containers?.type, "array");
    assert.equal(containers["x-kubernetes-patch-merge-key"], "name");
    assert.deepEqual(containers["x-kubernetes-list-map-keys"], ["name"]);
    const ports = at(containers.items, "ports");
    assert.deepEqual(ports?.["x-kubernetes-list-map-keys"], ["containerPort", "protocol"]);
    assert.equal(at(ports?.items, "containerPort")?.type, "integer");
  },
};
