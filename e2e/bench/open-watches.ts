import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import type { Cluster } from "../cluster/cluster.ts";
import type { AuditEvent } from "../server/audit-log.ts";

/** Watches that Stowage has open now, by the audit log from a byte of it on: begun and not ended. Gives their request URIs. */
export async function openWatches(cluster: Cluster, from: number): Promise<string[]> {
  const open = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(cluster.auditLog, { start: from }) })) {
    if (!line.includes('"userAgent":"stowage/') || !line.includes('"verb":"watch"')) continue;
    const event = parse(line);
    if (event?.stage === "ResponseStarted") open.set(event.auditID, event.requestURI);
    else if (event?.stage === "ResponseComplete" || event?.stage === "Panic") open.delete(event.auditID);
  }
  return [...open.values()];
}

/** The last line may be half written. */
function parse(line: string): AuditEvent | null {
  try {
    return JSON.parse(line) as AuditEvent;
  } catch {
    return null;
  }
}
