import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kindList } from "../../lib/kinds/index.ts";
import type { Kind } from "../../lib/kinds/kind.ts";
import { pods } from "../../lib/kinds/pods.ts";
import { missing } from "../../tools/real-parts.ts";
import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import type { AnswerRow } from "../oracle/compare-table.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { queryAll } from "../server/table-equality.ts";
import { lookAround } from "./look-around.ts";
import { VisibleObjects } from "./visible-objects.ts";

const four: readonly Identity[] = ["admin", "team", "pods-only", "nobody"];
const faces = ["local", "team"] as const;

describe(
  "everybody sees what their token may list, and not a byte of anything else",
  { skip: missing("own-cluster") },
  () => {
    let cluster: Cluster;
    /** The team's server reads as an administrator: its cache holds everything that must not come out. */
    let team: RunningStowage;
    const visible = new Map<Identity, VisibleObjects>();
    /** Who is asked, as whom, and what the cluster is called there: each kubeconfig has a context of its own name. */
    type Door = { stowage: RunningStowage; bearer: string; source: string };

    before(async () => {
      cluster = await runCluster();
      team = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] });
      for (const identity of four) visible.set(identity, await VisibleObjects.of(cluster, identity));
      // Whoever may see everything has opened everything before the others come.
      for (const kind of kindList) await queryAll(team, kind, cluster.token("admin"));
    });
    after(async () => {
      await team?.stop();
    });

    test("the strings that are looked for are there to be found", async () => {
      assert.equal(visible.get("admin")?.hidden.length, 0);
      for (const identity of ["team", "pods-only", "nobody"] as const) {
        const hidden = visible.get(identity)?.hidden ?? [];
        assert.ok(hidden.length > 100, `${hidden.length} for ${identity}`);
      }
      const nobody = visible.get("nobody");
      const objects = new Map([["pods", (await visible.get("admin")?.paths(pods))?.slice(0, 1) ?? []]]);
      const door = await doorOf("team", "admin");
      const told = await lookAround({ ...door, objects });
      // What an administrator is told holds what nobody may see: by each way, so that each way is known to be searched.
      for (const way of [
        "/api/query?kind=pods",
        "/api/complete?kind=pods&column=name",
        "/api/objects/pods",
        "/pods ",
        "/pods?_rsc",
        "rows and overview",
        "over the socket",
      ]) {
        const leaks = told.filter(({ what }) => what.includes(way)).flatMap(({ text }) => nobody?.leaksIn(text) ?? []);
        assert.ok(leaks.length > 0, `nothing was found by ${way}`);
      }
    });

    for (const face of faces) {
      for (const identity of four) {
        test(`${identity} at the ${face} face`, async (t) => {
          const own = visible.get(identity);
          assert.ok(own);
          const door = await doorOf(face, identity);
          try {
            const rows = new Map<string, AnswerRow[]>();
            for (const kind of kindList) rows.set(kind.id, await sameRows(door, kind, own));
            await sameStream(door, rows);
            await sameCompletion(door, rows);
            await nothingHiddenIsFound(door, own);
            await nothingLeaks(door, own, (line) => t.diagnostic(line));
          } finally {
            if (door.stowage !== team) await door.stowage.stop();
          }
        });
      }
    }

    async function doorOf(face: (typeof faces)[number], identity: Identity): Promise<Door> {
      const name = `stowage-${cluster.name}`;
      if (face === "team") return { stowage: team, bearer: cluster.token(identity), source: name };
      const stowage = await startStowage({ kubeconfig: cluster.kubeconfig(identity) });
      return { stowage, bearer: stowage.token, source: identity === "admin" ? name : `${name}-${identity}` };
    }

    /** Rows are those objects that the token may LIST; both change while they are read, so once equal is equal. */
    function sameRows({ stowage, bearer, source }: Door, kind: Kind, own: VisibleObjects): Promise<AnswerRow[]> {
      return waitUntil(
        async () => {
          const [{ rows, total }, paths] = await Promise.all([queryAll(stowage, kind, bearer), own.paths(kind)]);
          const keys = rows.map((row) => String(row["key"])).toSorted();
          assert.equal(total, rows.length);
          assert.deepEqual(
            keys,
            paths.map((path) => `${source}/${path}`),
          );
          return rows;
        },
        { what: `the rows of ${kind.id} to be those that ${own.identity} may list`, timeoutSeconds: 25 },
      );
    }

    /** The socket's totals and facets count the same rows. */
    async function sameStream({ stowage, bearer }: Door, rows: Map<string, AnswerRow[]>): Promise<void> {
      const socket = await stowage.socket({ bearer });
      for (const kind of kindList) {
        // Events come and go too fast to count them twice.
        if (kind.id === "events") continue;
        const view = socket.rows({ kind: kind.id, count: 5 });
        await view.whole();
        const { total, all, facets, sources } = view.now;
        const known = rows.get(kind.id) ?? [];
        assert.ok(
          Math.abs(total - known.length) <= 3,
          `${kind.id}: ${total} in the stream, ${known.length} in the query`,
        );
        assert.equal(all, total);
        if (known.length === 0) assert.ok(sources.every(({ scope, state }) => scope !== "all" || state !== "live"));
        for (const { column, values } of facets) {
          const there = new Set(known.flatMap((row) => row[column] ?? []).map(String));
          for (const [value] of values) assert.ok(there.has(value), `${kind.id} ${column} ${value}`);
        }
        view.stop();
      }
      socket.close();
    }

    async function sameCompletion({ stowage, bearer }: Door, rows: Map<string, AnswerRow[]>): Promise<void> {
      for (const [kind, column] of [
        ["pods", "namespace"],
        ["pods", "node"],
        ["deployments.apps", "namespace"],
        ["nodes", "name"],
        ["namespaces", "name"],
      ] as const) {
        const { values } = await stowage.json<{ values: [string, number][] }>(
          `/api/complete?kind=${kind}&column=${column}&text=`,
          bearer,
        );
        const there = new Set((rows.get(kind) ?? []).map((row) => row[column]));
        assert.equal(
          values.length,
          Math.min(20, [...there].filter((value) => value !== null).length),
          `${kind} ${column}`,
        );
        for (const [value] of values) assert.ok(there.has(value), `${kind} ${column} ${value}`);
      }
    }

    /** A filter that names what is hidden finds nothing: no count tells that it exists. */
    async function nothingHiddenIsFound({ stowage, bearer }: Door, own: VisibleObjects): Promise<void> {
      for (const { kind, value } of cluster.canaries
        .filter((canary) => own.hidden.includes(canary.value))
        .slice(0, 40)) {
        if (!kindList.some(({ id }) => id === kind)) continue;
        for (const q of [value, `name:${value}`, `labels:${value}`]) {
          const { total } = await stowage.json<{ total: number }>(
            `/api/query?kind=${kind}&count=1&q=${encodeURIComponent(q)}`,
            bearer,
          );
          assert.equal(total, 0, q);
        }
      }
    }

    async function nothingLeaks(
      { stowage, bearer, source }: Door,
      own: VisibleObjects,
      report: (line: string) => void,
    ): Promise<void> {
      const api = cluster.api("admin");
      const moving = churn(api, { rate: 20, seconds: 4 });
      const told = await lookAround({ stowage, bearer, source, objects: await objectsToOpen(own) });
      await moving;
      api.close();
      const leaks = told.flatMap(({ what, text, asked }) =>
        own.leaksIn(text, asked).map((string) => `${string} in ${what}`),
      );
      const log = own.leaksIn(stowage.stderr);
      const bytes = told.reduce((sum, { text }) => sum + text.length, 0);
      report(`${told.length} answers, ${bytes} bytes searched for ${own.hidden.length} strings: ${leaks.length} leaks`);
      assert.deepEqual(leaks.slice(0, 10), []);
      if (stowage !== team) assert.deepEqual(log, [], "the log knows no more than its reader");
    }

    /** One object of each kind that the person may see, and a canary that they may not, where there is one. */
    async function objectsToOpen(own: VisibleObjects): Promise<Map<string, string[]>> {
      const objects = new Map<string, string[]>();
      for (const kind of kindList) {
        const [path] = await own.paths(kind);
        const hidden = cluster.canaries.find(
          (canary) => canary.kind === kind.id && canary.namespace !== undefined && own.hidden.includes(canary.value),
        );
        const named = hidden && kind.namespaced ? [`${hidden.namespace}/${hidden.value}`] : [];
        objects.set(kind.id, [...(path === undefined ? [] : [path]), ...named]);
      }
      return objects;
    }
  },
);
