import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";

import type { Cluster } from "../cluster/cluster.ts";

/** One request that the API server answered. */
export type AuditEvent = {
  auditID: string;
  verb: string;
  stage: string;
  requestURI: string;
  user: { username: string };
  userAgent?: string;
  objectRef?: { resource?: string; subresource?: string; namespace?: string; name?: string };
  responseStatus?: { code?: number };
  requestReceivedTimestamp: string;
};

/** How Stowage read a kind: a whole list, a WatchList from the beginning, or a watch that goes on from where it was. */
export type Reads = { lists: number; syncs: number; resumes: number };

/** What the API server wrote down from a moment on. */
export class AuditLog {
  private readonly file: string;
  private from: number;

  constructor(cluster: Cluster) {
    this.file = cluster.auditLog;
    this.from = 0;
    this.mark();
  }

  /** Forgets what came before now. */
  mark(): void {
    this.from = statSync(this.file).size;
  }

  /** Stowage's own requests since the mark, each once; `user` tells servers of one run apart. */
  async ours(user?: string): Promise<AuditEvent[]> {
    const found = new Map<string, AuditEvent>();
    for await (const event of this.events(user)) {
      // A watch is written down when it begins and again when it ends: only the first says that it was asked for.
      if (!isWatch(event) || event.stage === "ResponseStarted") found.set(event.auditID, event);
    }
    return [...found.values()];
  }

  /** Watches that have begun since the mark and not ended. */
  async openWatches(user?: string): Promise<AuditEvent[]> {
    const open = new Map<string, AuditEvent>();
    for await (const event of this.events(user)) {
      if (!isWatch(event)) continue;
      if (event.stage === "ResponseStarted") open.set(event.auditID, event);
      else open.delete(event.auditID);
    }
    return [...open.values()];
  }

  private async *events(user: string | undefined): AsyncIterable<AuditEvent> {
    const lines = createInterface({ input: createReadStream(this.file, { start: this.from }) });
    for await (const line of lines) {
      if (!line.includes('"userAgent":"stowage/')) continue;
      const event = parse(line);
      if (event && (user === undefined || event.user.username === user)) yield event;
    }
  }

  /** How each kind was read since the mark, by resource. */
  async reads(user?: string): Promise<Map<string, Reads>> {
    const reads = new Map<string, Reads>();
    for (const { verb, requestURI, objectRef, responseStatus } of await this.ours(user)) {
      // What was refused was not read.
      if ((verb !== "list" && verb !== "watch") || (responseStatus?.code ?? 0) >= 400) continue;
      const query = new URL(requestURI, "https://kubernetes").searchParams;
      // Pages of one list count once.
      if (query.has("continue")) continue;
      const kind = objectRef?.resource ?? "";
      const known = reads.get(kind) ?? { lists: 0, syncs: 0, resumes: 0 };
      if (verb === "list") known.lists += 1;
      else if (query.get("sendInitialEvents") === "true") known.syncs += 1;
      else known.resumes += 1;
      reads.set(kind, known);
    }
    return reads;
  }
}

/** A log that is followed is written down as one too. */
function isWatch({ verb, objectRef }: AuditEvent): boolean {
  return verb === "watch" && objectRef?.subresource === undefined;
}

/** The last line may be half written. */
function parse(line: string): AuditEvent | null {
  try {
    return JSON.parse(line) as AuditEvent;
  } catch {
    return null;
  }
}
