import { statSync } from "node:fs";

import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { AuditLog } from "../server/audit-log.ts";
import type { BenchServer } from "./bench-server.ts";
import { openWatches } from "./open-watches.ts";
import type { Viewer } from "./viewer.ts";
import { openViewer } from "./viewer.ts";

/** What the API server saw of us: LISTs and WATCHes for the second and the 3rd to 50th viewer, and watches left when all had gone. */
export type ViewerCost = { first: number; second: number; fiftieth: number; left: number; leftAfter: number };

/** After the last viewer a view lingers for ten seconds, and then the idle time runs. */
const letGoSeconds = 30;
/** The API server writes down what it answered a moment later. */
const auditMs = 1_500;

/** For a server that just started: its watches are found in the audit log from `from` on. */
export async function viewerCost({ stowage }: BenchServer, cluster: Cluster, from: number): Promise<ViewerCost> {
  const audit = new AuditLog(cluster);
  const viewers: Viewer[] = [];
  const look = async (count: number) => {
    audit.mark();
    const opened = Array.from({ length: count }, () => openViewer(stowage));
    viewers.push(...(await Promise.all(opened)));
    await sleep(auditMs);
    return await readsOf(audit);
  };
  try {
    const first = await look(1);
    await stillSeconds(cluster, from);
    const second = await look(1);
    const fiftieth = await look(48);
    for (const { socket } of viewers) socket.close();
    const began = Date.now();
    await waitUntil(async () => (await openWatches(cluster, from)).length === 0, {
      what: "the last watch to end",
      timeoutSeconds: letGoSeconds,
    }).catch(() => undefined);
    return { first, second, fiftieth, left: (await openWatches(cluster, from)).length, leftAfter: Date.now() - began };
  } finally {
    for (const { socket } of viewers) socket.close();
  }
}

/** Where the audit log ends now. */
export function auditEnd(cluster: Cluster): number {
  return statSync(cluster.auditLog).size;
}

async function readsOf(audit: AuditLog): Promise<number> {
  let all = 0;
  for (const { lists, syncs, resumes } of (await audit.reads()).values()) all += lists + syncs + resumes;
  return all;
}

/** What the first viewer began may come a moment later: each kind's watch is opened when its scope is known. */
async function stillSeconds(cluster: Cluster, from: number): Promise<void> {
  let known = -1;
  await waitUntil(
    async () => {
      const { length } = await openWatches(cluster, from);
      const still = length === known;
      known = length;
      return still;
    },
    { what: "the first viewer's watches", timeoutSeconds: 30, everyMilliseconds: 1_000 },
  );
}
