import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import type { BenchServer } from "./bench-server.ts";
import { openWholeViewer } from "./viewer.ts";
import type { Viewer } from "./viewer.ts";

export type ChurnCost = {
  writesPerSecond: number;
  /** From the moment a change is sent to the API server to the moment a viewer has heard of it, in ms. */
  latencies: number[];
  messagesPerSecond: number;
  bytesPerSecond: number;
  /** Milliseconds of `kubectl get pods -A`, and of our page of pods and our first fifty rows as JSON. */
  kubectl: number[];
  page: number[];
  query: number[];
};

/** What one viewer of fifty rows sees of a hundred changes a second, and what asking costs meanwhile. */
export async function churnCost(server: BenchServer, cluster: Cluster, seconds: number): Promise<ChurnCost> {
  const { stowage, relay } = server;
  const viewer = await openWholeViewer(stowage, { through: relay.port });
  const api = cluster.api("seeder");
  const stop = new AbortController();
  try {
    await sleep(1_000);
    relay.takeSocketBytes();
    const heardBefore = viewer.rows.patches;
    const began = performance.now();
    const churning = churn(api, { rate: 100, seconds, signal: stop.signal });
    const ended = { yes: false };
    void churning.finally(() => (ended.yes = true)).catch(() => undefined);
    const [latencies, times] = await Promise.all([
      latenciesOf(viewer, cluster, () => ended.yes),
      timesOf(server, cluster, () => ended.yes),
    ]);
    const { writesPerSecond } = await churning;
    const lasted = (performance.now() - began) / 1000;
    return {
      writesPerSecond,
      latencies,
      messagesPerSecond: (viewer.rows.patches - heardBefore) / lasted,
      bytesPerSecond: relay.takeSocketBytes() / lasted,
      ...times,
    };
  } finally {
    stop.abort();
    viewer.socket.close();
    api.close();
  }
}

/** Changes what STATUS says of pods in the window, one after the other: nothing else writes a status's `reason`. */
async function latenciesOf({ rows }: Viewer, cluster: Cluster, isOver: () => boolean): Promise<number[]> {
  const api = cluster.api("admin");
  const latencies: number[] = [];
  for (let change = 1; !isOver(); change += 1) {
    const key = rows.keys[(change * 7) % rows.keys.length] ?? "";
    const [, namespace = "", name = ""] = key.split("/");
    const word = `Seen${change}`;
    const began = performance.now();
    const heard = rows
      .until(() => rows.cell(key, "status") === word, `${key} to be ${word}`, 10)
      .then(
        () => latencies.push(performance.now() - began),
        () => undefined,
      );
    try {
      await api.patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, { status: { reason: word } }, "strategic");
      await heard;
      await api.patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, { status: { reason: null } }, "strategic");
    } catch {
      // The churn deletes pods too.
    }
    await sleep(200);
  }
  api.close();
  return latencies;
}

async function timesOf({ stowage }: BenchServer, cluster: Cluster, isOver: () => boolean) {
  const kubectl: number[] = [];
  const page: number[] = [];
  const query: number[] = [];
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    into.push(performance.now() - began);
  };
  while (!isOver()) {
    await timed(kubectl, () => cluster.kubectl(["get", "pods", "--all-namespaces"]));
    await timed(page, () => stowage.get("/pods", stowage.token, { accept: "text/html" }));
    await timed(query, () => stowage.get("/api/query?kind=pods&count=50"));
    await sleep(3_000);
  }
  return { kubectl, page, query };
}
