import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { pick, seededRandom } from "../cluster/seeded-random.ts";
import type { AuditRow } from "../server/audit-rows.ts";
import { runCluster } from "../server/run-cluster.ts";

import { ActionWorld } from "./action-world.ts";

const actions = 200;
const lanes = 8;

describe("what was answered has its row, whatever happens to the server", { skip: missing("own-cluster") }, () => {
  let world: ActionWorld;
  const names = Array.from({ length: 12 }, (_, n) => `sail-${n}`);

  before(async () => {
    world = await ActionWorld.open(await runCluster());
    await world.apply(names.map((name) => world.deployment(name, 0)));
  });
  after(async () => {
    await world.close();
  });

  test("kill -9 in the middle of 200 random actions", async (t) => {
    const random = seededRandom(Number(process.env["STOWAGE_TEST_SEED"] ?? 0) || 20_260_701);
    const answered: { verb: string; path: string; mark: string }[] = [];
    let sent = 0;
    const killAt = 60 + Math.floor(random() * 100);
    const killed: Promise<unknown>[] = [];

    async function lane(): Promise<void> {
      while (sent < actions) {
        const number = (sent += 1);
        if (number === killAt) killed.push(world.stowage.stop("SIGKILL"));
        const name = pick(random, names);
        const target = world.target("deployments.apps", name);
        const verb = pick(random, ["scale", "scale", "restart", "apply"]);
        const yaml = JSON.stringify(world.configMap(`map-${number}`, { n: String(number) }));
        const body =
          verb === "apply"
            ? { source: world.source, yaml }
            : { objects: [target], ...(verb === "scale" ? { replicas: 0 } : {}) };
        // A server that is gone answers nobody.
        const result = await world.one(verb, body).catch(() => null);
        if (result?.outcome === "done") answered.push({ verb, path: result.target.path, mark: yaml });
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane));
    await Promise.all(killed);
    assert.ok(answered.length > 20 && answered.length < actions, `${answered.length} were answered`);
    const rows = world.rows();
    const done = rows.filter(({ outcome }) => outcome === "done");
    assert.deepEqual(missingRows(answered, done), [], "an answer without its row");
    const open = rows.filter(({ outcome }) => outcome === "intent");
    assert.ok(open.length <= lanes, `${open.length} rows without an end`);
    // And nothing was made of which no row tells.
    const made = (await world.kubectl("get", "configmaps", "-o", "name")).match(/configmap\/map-\d+/g) ?? [];
    const told = new Set(rows.filter(({ verb }) => verb === "apply").map(({ path }) => path));
    for (const map of made) assert.ok(told.has(`${world.namespace}/${map.slice("configmap/".length)}`), map);
    t.diagnostic(
      `killed at ${killAt}: ${answered.length} answered, ${done.length} rows done, ${open.length} left as intents`,
    );
  });
});

/** Those of which there are fewer rows than answers. */
function missingRows(answered: readonly { verb: string; path: string }[], rows: readonly AuditRow[]): string[] {
  const count = (list: readonly { verb: string; path: string | null }[], key: string) =>
    list.filter(({ verb, path }) => `${verb} ${path}` === key).length;
  const keys = new Set(answered.map(({ verb, path }) => `${verb} ${path}`));
  return [...keys].filter((key) => count(rows, key) < count(answered, key));
}
