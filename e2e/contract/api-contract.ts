import assert from "node:assert/strict";

import { kinds } from "../../lib/kinds/index.ts";
import { readerOf } from "../../lib/kinds/kind.ts";
import type { Column } from "../../lib/kinds/kind.ts";
import { printCell } from "../../lib/kinds/print-cell.ts";
import type { KubeObject } from "../../lib/protocol/object.ts";
import { ask, json, lines } from "./api-door.ts";
import type { ApiDoor } from "./api-door.ts";

type List = {
  kind: string;
  apiVersion: string;
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: KubeObject[];
};
type Event = { type: string; object: KubeObject & { code?: number } };
type Table = { kind: string; columnDefinitions: { name: string }[]; rows: { cells: unknown[]; object: KubeObject }[] };
type Status = { kind: string; status: string; reason: string; code: number };

const tableOf = (include: string) => `application/json;as=Table;v=v1;g=meta.k8s.io${include}`;
const isEnd = ({ type, object }: Event) =>
  type === "BOOKMARK" && object.metadata?.annotations?.["k8s.io/initial-events-end"] === "true";
const nameOf = (object: KubeObject) => `${object.metadata?.namespace}/${object.metadata?.name}`;

/** Pods come and go while this reads; deployments stay. */
const deploymentsOf = ({ namespace }: ApiDoor) => `/apis/apps/v1/namespaces/${namespace}/deployments`;

/** What Stowage relies on in an API server. A real one and the demo's are held to the same. */
export const contract: Record<string, (door: ApiDoor) => Promise<void>> = {
  "it says its version, and discovery names what it serves": async (door) => {
    assert.match((await json<{ gitVersion: string }>(door, "/version")).gitVersion, /^v1\.\d+\.\d+/);
    for (const [path, resource, kind, namespaced] of [
      ["/api/v1", "pods", "Pod", true],
      ["/api/v1", "nodes", "Node", false],
      ["/apis/apps/v1", "deployments", "Deployment", true],
      ["/apis/batch/v1", "cronjobs", "CronJob", true],
      ["/api/v1", "services", "Service", true],
      ["/apis/discovery.k8s.io/v1", "endpointslices", "EndpointSlice", true],
    ] as const) {
      const { resources } = await json<{
        resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
      }>(door, path);
      const found = resources.find(({ name }) => name === resource);
      assert.equal(found?.kind, kind);
      assert.equal(found?.namespaced, namespaced);
      for (const verb of ["get", "list", "watch"]) assert.ok(found?.verbs.includes(verb), `${resource} ${verb}`);
    }
  },

  "it says who somebody is and what they may": async (door) => {
    const self = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
    const who = await json<{ status: { userInfo: { username: string; groups: string[] } } }>(
      door,
      "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      { body: self },
    );
    assert.notEqual(who.status.userInfo.username, "");
    assert.ok(who.status.userInfo.groups.includes("system:authenticated"));
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: { group: "", resource: "pods", verb: "list" } },
    };
    const may = await json<{ status: { allowed: boolean } }>(
      door,
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      { body: review },
    );
    assert.equal(may.status.allowed, true);
  },

  "a list is in the order of its keys, and its pages are the whole": async (door) => {
    const path = deploymentsOf(door);
    const whole = await json<List>(door, path);
    assert.equal(whole.kind, "DeploymentList");
    assert.equal(whole.apiVersion, "apps/v1");
    assert.match(whole.metadata.resourceVersion, /^\d+$/);
    const names = whole.items.map(nameOf);
    assert.ok(names.length >= 2);
    assert.deepEqual(names, names.toSorted());
    const paged: string[] = [];
    let next = "";
    do {
      const page = await json<List>(door, `${path}?limit=2${next && `&continue=${encodeURIComponent(next)}`}`);
      paged.push(...page.items.map(nameOf));
      next = page.metadata.continue ?? "";
    } while (next !== "");
    assert.deepEqual(paged, names);
  },

  "selectors narrow a list": async (door) => {
    const path = `/api/v1/namespaces/${door.namespace}/pods`;
    const byLabel = await json<List>(door, `${path}?labelSelector=app.kubernetes.io%2Fname%3D${door.app}`);
    assert.ok(byLabel.items.length > 0);
    for (const pod of byLabel.items) assert.equal(pod.metadata?.labels?.["app.kubernetes.io/name"], door.app);
    const name = byLabel.items[0]?.metadata?.name;
    const byField = await json<List>(door, `${path}?fieldSelector=metadata.name%3D${name}`);
    assert.deepEqual(
      byField.items.map(({ metadata }) => metadata?.name),
      [name],
    );
  },

  "a WatchList brings what a list has, and then a bookmark to go on from": async (door) => {
    const path = deploymentsOf(door);
    const query = "watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
    const heard = await lines<Event>(door, `${path}?${query}`, isEnd);
    const added = heard.filter(({ type }) => type === "ADDED");
    assert.equal(heard.at(-1)?.type, "BOOKMARK");
    const version = heard.at(-1)?.object.metadata?.resourceVersion ?? "";
    assert.match(version, /^\d+$/);
    const listed = await json<List>(door, path);
    assert.deepEqual(new Set(added.map(({ object }) => nameOf(object))), new Set(listed.items.map(nameOf)));
    for (const { object } of added) assert.deepEqual([object.kind, object.apiVersion], ["Deployment", "apps/v1"]);
    const refused = await ask(door, `${path}?watch=true&sendInitialEvents=true`);
    assert.equal(refused.status, 422);
    assert.equal((JSON.parse(refused.text) as Status).kind, "Status");
    // A watch from the bookmark ends in its own time, and in order.
    const response = await ask(door, `${path}?watch=true&resourceVersion=${version}&timeoutSeconds=1`);
    assert.equal(response.status, 200);
  },

  "a Table has the columns that the kinds know, and cells that they print": async (door) => {
    for (const [path, id] of [
      [`/api/v1/namespaces/${door.namespace}/pods`, "pods"],
      ["/api/v1/nodes", "nodes"],
      ["/api/v1/namespaces", "namespaces"],
      [`/apis/apps/v1/namespaces/${door.namespace}/deployments`, "deployments.apps"],
      [`/apis/apps/v1/namespaces/${door.namespace}/replicasets`, "replicasets.apps"],
      [`/apis/apps/v1/namespaces/${door.namespace}/statefulsets`, "statefulsets.apps"],
      ["/apis/apps/v1/daemonsets", "daemonsets.apps"],
      [`/apis/batch/v1/namespaces/${door.namespace}/jobs`, "jobs.batch"],
      [`/apis/batch/v1/namespaces/${door.namespace}/cronjobs`, "cronjobs.batch"],
      [`/api/v1/namespaces/${door.namespace}/services`, "services"],
      [`/apis/discovery.k8s.io/v1/namespaces/${door.namespace}/endpointslices`, "endpointslices.discovery.k8s.io"],
    ] as const) {
      const kind = kinds.get(id);
      assert.ok(kind);
      const table = await json<Table>(door, `${path}?includeObject=Object`, { accept: tableOf("") });
      assert.equal(table.kind, "Table");
      assert.ok(table.rows.length > 0, id);
      for (const { cells, object } of table.rows) {
        const read = readerOf(kind, kind.project(object));
        for (const [place, { name }] of table.columnDefinitions.entries()) {
          const column: Column | undefined = kind.columns.find((each) => each.table === name);
          assert.ok(column, `${id} has no column ${name}`);
          // Ages grow while this reads; e2e/oracle compares them to the second.
          if (column.type === "time" || column.id === "restarts" || column.id === "duration") continue;
          assert.equal(
            String(cells[place]),
            printCell(column, read, Date.now() / 1000),
            `${id} ${nameOf(object)} ${name}`,
          );
        }
      }
    }
  },

  "what is not there is a Status that says so": async (door) => {
    for (const path of [`/api/v1/namespaces/${door.namespace}/pods/no-such-pod`, "/apis/apps/v1/no-such-kind"]) {
      const { status, text } = await ask(door, path);
      assert.equal(status, 404);
      if (text.startsWith("{")) assert.equal((JSON.parse(text) as Status).reason, "NotFound");
    }
  },

  "a log is text, with times when they are asked for, and its end when that is": async (door) => {
    const path = `/api/v1/namespaces/${door.namespace}/pods`;
    const { items } = await json<List>(door, `${path}?labelSelector=app.kubernetes.io%2Fname%3D${door.app}`);
    const running = items.find((pod) => (pod as { status?: { phase?: string } }).status?.phase === "Running");
    const log = `${path}/${running?.metadata?.name}/log`;
    const some = await ask(door, `${log}?container=${door.container}&tailLines=3&timestamps=true`);
    assert.equal(some.status, 200);
    const told = some.text.trimEnd().split("\n");
    assert.equal(told.length, 3);
    for (const line of told) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,9}Z \S/);
    assert.equal((await ask(door, `${log}?container=no-such-container`)).status, 400);
    assert.equal((await ask(door, `${log}?container=${door.container}&previous=true`)).status, 400);
  },
};
