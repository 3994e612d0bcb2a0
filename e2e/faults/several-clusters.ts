import assert from "node:assert/strict";
import { delimiter } from "node:path";

import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { kubeconfigVia } from "../server/kubeconfig-file.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import type { Report } from "./fault-world.ts";
import { startTcpProxy } from "./tcp-proxy.ts";

type Answer = { total: number; sources: { source: string; state: string; error?: string }[] };

/** Each address is asked so often, by turns. */
const rounds = 9;

/** One cluster that lives, one whose address nobody listens at, one that takes connections and never says a word. */
export async function severalClusters(cluster: Cluster, report: Report): Promise<void> {
  const own = cluster.kubeconfig("stowage-reader");
  const silentWire = await startTcpProxy(cluster.server);
  silentWire.stall();
  const deadWire = await startTcpProxy(cluster.server);
  await deadWire.close();
  const living = kubeconfigVia(own, cluster.server, { context: "living" });
  const silent = kubeconfigVia(own, silentWire.url, { context: "silent" });
  const dead = kubeconfigVia(own, deadWire.url, { context: "dead" });
  const alone = await startStowage({ kubeconfig: living });
  const three = await startStowage({ kubeconfig: [living, dead, silent].join(delimiter) });
  try {
    // What a script is told of the living one must not wait for the others, from the first moment on.
    const first = await timed(three, "/api/query?kind=pods&in=living&count=50");
    assert.ok(first <= 5_000, `the first rows of the living one took ${Math.round(first)} ms`);
    const states = await waitUntil(
      async () => {
        const { sources, total } = await three.json<Answer>("/api/query?kind=pods");
        const found = Object.fromEntries(sources.map(({ source, state }) => [source, state]));
        return found["dead"] === "down" && found["silent"] === "down" && total > 0 && sources;
      },
      { what: "the dead and the silent cluster to be down", timeoutSeconds: 30 },
    );
    for (const { source, state, error } of states) {
      if (source === "living") assert.equal(state, "live");
      else assert.ok(error, `${source} is down and says why`);
    }
    const [same, with_] = [
      await alone.json<Answer>("/api/query?kind=pods"),
      await three.json<Answer>("/api/query?kind=pods"),
    ];
    assert.equal(with_.total, same.total);

    for (const path of ["/api/query?kind=pods&count=50", "/pods", "/"]) {
      const times: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        times[0].push(await timed(alone, path));
        times[1].push(await timed(three, path));
      }
      const [single, several] = times.map(median);
      report(`${path}: ${single?.toFixed(0)} ms alone, ${several?.toFixed(0)} ms beside two that do not answer`);
      assert.ok(several !== undefined && single !== undefined && several <= single * 2 + 40, path);
    }
  } finally {
    await Promise.all([alone.stop(), three.stop(), silentWire.close()]);
  }
}

async function timed(stowage: RunningStowage, path: string): Promise<number> {
  const answer = await stowage.get(path);
  assert.equal(answer.status, 200, path);
  return answer.milliseconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
