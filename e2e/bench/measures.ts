import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import { startBenchServer } from "./bench-server.ts";
import { askingCost, churnCost } from "./churn-cost.ts";
import type { ChurnCost } from "./churn-cost.ts";
import { rowsInDocument } from "./document-bytes.ts";
import { equalityOf } from "./equality.ts";
import { amount, atMost, median, quantile, spread, told } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { idleMemory, restMs } from "./idle-memory.ts";
import { launchChromium, pageCost } from "./page-cost.ts";
import { processMemory } from "./process-cost.ts";
import { screenBars } from "./screen-bars.ts";
import { bringBuildUpToDate, startCost } from "./start-cost.ts";
import { syncCost } from "./sync-cost.ts";
import { openWholeViewer } from "./viewer.ts";
import { auditEnd, viewerCost } from "./viewer-cost.ts";

export type Subject = { cluster: Cluster; pairs: number };

/** What can be measured, each for itself. Bars are those of the project's goals; see docs/performance.md. */
export const measures: Readonly<Record<string, (subject: Subject) => Promise<Figure[]>>> = {
  sync: ({ cluster, pairs }) => syncCost(cluster, pairs),
  start: measureStart,
  screen: measureScreen,
  viewers: measureViewers,
  memory: measureMemory,
  equality: ({ cluster }) => equalityOf(cluster),
  churn: measureChurn,
};

async function measureStart({ cluster }: Subject): Promise<Figure[]> {
  await bringBuildUpToDate();
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) times.push(await startCost(cluster));
  return [
    atMost({
      name: "built start to first rows",
      value: median(times),
      most: 3_000,
      unit: "s",
      more: `${amount(Math.min(...times), "s")}–${amount(Math.max(...times), "s")} of ${times.length}`,
    }),
  ];
}

async function measureScreen({ cluster }: Subject): Promise<Figure[]> {
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  const browser = await launchChromium();
  const { socket: held } = await openWholeViewer(server.stowage);
  try {
    // What is shown is synced, as for anybody but the very first.
    held.subscribe({ t: "overview", in: [] });
    await sleep(restMs);
    const { rows, document } = await rowsInDocument(server.stowage);
    const page = await pageCost(browser, server);
    return [
      atMost({
        name: "data of the first pod screen",
        value: rows + page.socket,
        most: screenBars.data,
        unit: "KB",
        exact: true,
        more: `${amount(rows, "KB")} in the page, ${amount(page.socket, "KB")} over the socket`,
        values: { rows, socket: page.socket },
      }),
      atMost({
        name: "whole page as transferred",
        value: page.bytes,
        most: screenBars.bytes,
        unit: "KB",
        exact: true,
        more: `${page.requests} requests, fonts ${amount(page.fonts, "KB")}, document ${amount(document, "KB")}`,
      }),
      atMost({ name: "JavaScript", value: page.javascript, most: screenBars.javascript, unit: "KB", exact: true }),
      atMost({
        name: "DOM nodes",
        value: page.nodes,
        most: screenBars.nodes,
        unit: "",
        exact: true,
        more: `${page.elements} elements`,
      }),
      atMost({ name: "browser heap", value: page.heap, most: screenBars.heap, unit: "MB" }),
      told("navigation to the first row on screen", amount(page.firstRow, "ms"), { value: page.firstRow }),
    ];
  } finally {
    held.close();
    await browser.close();
    await server.stop();
  }
}

async function measureViewers({ cluster }: Subject): Promise<Figure[]> {
  const from = auditEnd(cluster);
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  try {
    const { first, second, fiftieth, left, leftAfter } = await viewerCost(server, cluster, from);
    const none = { most: 0, unit: "" as const, exact: true };
    return [
      told("LIST and WATCH for the first viewer", amount(first, "")),
      atMost({ name: "further LIST and WATCH, second viewer", value: second, ...none }),
      atMost({ name: "further LIST and WATCH, 3rd to 50th viewer", value: fiftieth, ...none }),
      atMost({
        name: "watches when nobody looks any more",
        value: left,
        ...none,
        more: `${amount(leftAfter, "s")} after the last left`,
      }),
    ];
  } finally {
    await server.stop();
  }
}

async function measureMemory({ cluster }: Subject): Promise<Figure[]> {
  const { idle, served } = await idleMemory();
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  const { stowage } = server;
  const { socket } = await openWholeViewer(stowage);
  try {
    const nodes = socket.rows({ kind: "nodes" });
    await nodes.whole(60);
    socket.subscribe({ t: "overview", in: [] });
    await stowage.get("/pods", stowage.token, { accept: "text/html" });
    await sleep(restMs);
    const { now, peak } = processMemory(stowage.pid);
    for (let page = 0; page < 60; page += 1)
      await stowage.get(page % 2 === 0 ? "/pods" : "/nodes", stowage.token, { accept: "text/html" });
    await sleep(restMs);
    const after = processMemory(stowage.pid);
    return [
      atMost({
        name: "server memory, everything live",
        value: now,
        most: 250e6,
        unit: "MB",
        more: `at most ${amount(peak, "MB")} so far`,
      }),
      atMost({
        name: "the same above the server idle",
        value: now - idle,
        most: 70e6,
        unit: "MB",
        more: `idle ${amount(idle, "MB")}, ${amount(served, "MB")} after its first page`,
        values: { idle, served },
      }),
      told("server memory after 60 pages", `${amount(after.now, "MB")}, at most ${amount(after.peak, "MB")}`, {
        now: after.now,
        peak: after.peak,
      }),
    ];
  } finally {
    socket.close();
    await server.stop();
  }
}

async function measureChurn({ cluster }: Subject): Promise<Figure[]> {
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  try {
    const calm = await churnCost(server, cluster, { rate: 20, seconds: 20 });
    const busy = await churnCost(server, cluster, { rate: 100, seconds: 30 });
    const { kubectl, page, query } = await askingCost(server, cluster, { rate: 100, seconds: 40 });
    const { now, peak } = processMemory(server.stowage.pid);
    const { messagesPerSecond, bytesPerSecond, processor } = busy;
    return [
      changeFigure("change to message, 20 changes a second", calm),
      changeFigure("change to message, 100 changes a second", busy),
      told(
        "to a viewer of 50 rows meanwhile",
        `${messagesPerSecond.toFixed(1)} messages/s, ${amount(bytesPerSecond, "KB")}/s`,
        { messagesPerSecond, bytesPerSecond },
      ),
      told("server's processor meanwhile", `${(processor * 100).toFixed(0)} % of one core`, { processor }),
      told("kubectl get pods -A amid the same", spread(kubectl, "s"), { median: median(kubectl) }),
      told("our page of pods", spread(page, "ms"), { median: median(page) }),
      told("our first 50 rows as JSON", spread(query, "ms"), { median: median(query) }),
      told("server memory after that", `${amount(now, "MB")}, at most ${amount(peak, "MB")}`, { now, peak }),
    ];
  } finally {
    await server.stop();
  }
}

function changeFigure(name: string, { changes, writesPerSecond }: ChurnCost): Figure {
  const heard = changes.map((change) => change.heard);
  const [p50, p95, answer] = [
    quantile(heard, 0.5),
    quantile(heard, 0.95),
    median(changes.map((change) => change.answered)),
  ];
  return told(
    name,
    `p50 ${amount(p50, "ms")}, p95 ${amount(p95, "ms")} of ${heard.length}; the API server's own answer p50 ${amount(answer, "ms")}`,
    { p50, p95, answer, writesPerSecond },
  );
}
