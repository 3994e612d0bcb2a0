import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import type { BenchServer } from "./bench-server.ts";
import { processorTime } from "./process-cost.ts";
import { openWholeViewer } from "./viewer.ts";
import type { Viewer } from "./viewer.ts";

export type ChurnCost = {
  writesPerSecond: number;
  changes: Change[];
  messagesPerSecond: number;
  bytesPerSecond: number;
  /** The share of one core that the server took. */
  processor: number;
};

/** How much a cluster changes, in writes a second; what controllers write in answer comes on top. */
export type Rate = { rate: number; seconds: number };

/** Milliseconds from the moment a change is sent: until the API server answered, and until a viewer had heard of it. */
export type Change = { answered: number; heard: number };

/** What one viewer of fifty rows hears of so many changes, and how soon. */
export async function churnCost({ stowage, relay }: BenchServer, cluster: Cluster, rate: Rate): Promise<ChurnCost> {
  const viewer = await openWholeViewer(stowage, { through: relay.port });
  try {
    await sleep(1_000);
    relay.takeSocketBytes();
    const heardBefore = viewer.rows.patches;
    const began = performance.now();
    const worked = processorTime(stowage.pid);
    const { result, writesPerSecond } = await amidChurn(cluster, rate, (isOver) => changesOf(viewer, cluster, isOver));
    const lasted = (performance.now() - began) / 1000;
    const processor = (processorTime(stowage.pid) - worked) / 1000 / lasted;
    return {
      writesPerSecond,
      changes: result,
      messagesPerSecond: (viewer.rows.patches - heardBefore) / lasted,
      bytesPerSecond: relay.takeSocketBytes() / lasted,
      processor,
    };
  } finally {
    viewer.socket.close();
  }
}

/** Milliseconds of `kubectl get pods -A`, and of our page of pods and our first fifty rows as JSON, amid as many changes. */
export type AskingCost = { kubectl: number[]; page: number[]; query: number[] };

export async function askingCost(server: BenchServer, cluster: Cluster, rate: Rate): Promise<AskingCost> {
  const viewer = await openWholeViewer(server.stowage);
  try {
    return (await amidChurn(cluster, rate, (isOver) => timesOf(server, cluster, isOver))).result;
  } finally {
    viewer.socket.close();
  }
}

async function amidChurn<T>(cluster: Cluster, { rate, seconds }: Rate, work: (isOver: () => boolean) => Promise<T>) {
  const api = cluster.api("seeder");
  const stop = new AbortController();
  const end = Date.now() + seconds * 1000;
  try {
    const churning = churn(api, { rate, seconds: seconds * 10, signal: stop.signal });
    const result = await work(() => Date.now() > end);
    stop.abort();
    return { result, writesPerSecond: (await churning).writesPerSecond };
  } finally {
    stop.abort();
    api.close();
  }
}

/** Changes what STATUS says of pods in the window, one after the other: nothing else writes a status's `reason`. */
async function changesOf({ rows }: Viewer, cluster: Cluster, isOver: () => boolean): Promise<Change[]> {
  const api = cluster.api("admin");
  const changes: Change[] = [];
  for (let change = 1; !isOver(); change += 1) {
    const key = rows.keys[(change * 7) % rows.keys.length] ?? "";
    const [, namespace = "", name = ""] = key.split("/");
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
    const word = `Seen${change}`;
    const began = performance.now();
    const heard = rows
      .until(() => rows.cell(key, "status") === word, `${key} to be ${word}`, 10)
      .then(
        () => performance.now() - began,
        () => null,
      );
    try {
      await api.patch(path, { status: { reason: word } }, "strategic");
      const answered = performance.now() - began;
      const after = await heard;
      if (after !== null) changes.push({ answered, heard: after });
      await api.patch(path, { status: { reason: null } }, "strategic");
    } catch {
      // The churn deletes pods too.
    }
    await sleep(200);
  }
  api.close();
  return changes;
}

async function timesOf({ stowage }: BenchServer, cluster: Cluster, isOver: () => boolean): Promise<AskingCost> {
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
    await sleep(1_000);
  }
  return { kubectl, page, query };
}
