import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { PublicState, PublicStatus } from "../../lib/protocol/status.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { RealWorkload } from "./real-workload.ts";

/** Patience of the page's component, in seconds. */
export const delay = 5;
export const hysteresis = 10;

export type Told = PublicStatus & { checked: string; stale: boolean };

/** A workload of its own, a console whose status page shows it, and a process that serves the page without a kubeconfig. */
export class StatusWorld {
  readonly workload: RealWorkload;
  readonly console: RunningStowage;
  readonly page: RunningStowage;
  private readonly folder: string;
  private readonly file: string;

  private constructor(workload: RealWorkload, console: RunningStowage, page: RunningStowage, folder: string) {
    this.workload = workload;
    this.console = console;
    this.page = page;
    this.folder = folder;
    this.file = databaseIn(folder);
  }

  static async start(cluster: Cluster): Promise<StatusWorld> {
    const workload = await RealWorkload.create(cluster, 4);
    const folder = mkdtempSync(join(tmpdir(), "stowage-status-"));
    const config = join(folder, "status.yaml");
    writeFileSync(config, JSON.stringify(configFor(cluster, workload)));
    const database = `sqlite:${databaseIn(folder)}`;
    const console = await startStowage({
      kubeconfig: cluster.kubeconfig("admin"),
      args: ["--status-config", config, "--database", database],
    });
    const page = await startStatusFace(folder);
    return new StatusWorld(workload, console, page, folder);
  }

  /** What the process without a cluster tells. */
  async told(): Promise<Told> {
    return JSON.parse((await this.page.ask("/api/status")).text) as Told;
  }

  async state(id: string): Promise<PublicState | undefined> {
    return (await this.told()).groups.flatMap(({ components }) => components).find((one) => one.id === id)?.state;
  }

  async act(verb: string, input: unknown): Promise<{ status: number; body: { id?: string } }> {
    const answer = await this.console.ask("/api/status-admin", {
      method: "POST",
      headers: { authorization: `Bearer ${this.console.token}`, "content-type": "application/json" },
      body: JSON.stringify({ verb, input }),
    });
    return { status: answer.status, body: JSON.parse(answer.text) as { id?: string } };
  }

  /** Rows of the server's own database, read beside it. */
  rows(query: string): Record<string, unknown>[] {
    const database = new DatabaseSync(this.file, { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.console.stop("SIGKILL"), this.page.stop()]);
    await this.workload.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The status page's own process: its home is new, so that no kubeconfig is in reach. */
function startStatusFace(folder: string): Promise<RunningStowage> {
  const args = ["--face", "status", "--database", `sqlite:${databaseIn(folder)}`];
  return startStowage({ kubeconfig: "", args: [...args, "--status-copy", join(folder, "copy.json")] });
}

function databaseIn(folder: string): string {
  return join(folder, "stowage.db");
}

/** Beside the workload, components of what holds canaries: in names, in labels, and of every sort of part. */
function configFor(cluster: Cluster, workload: RealWorkload): object {
  const source = `stowage-${cluster.name}`;
  const own = { type: "workload", source, kind: "deployments.apps" };
  const canaries = cluster.canaries.filter(({ kind }) => kind === "deployments.apps").slice(0, 5);
  return {
    title: { en: `Fleet ${randomBytes(2).toString("hex")}`, ko: "함대" },
    components: [
      {
        id: "sail",
        name: { en: "Sailing", ko: "항해" },
        parts: [{ ...own, namespace: workload.namespace, name: workload.name }],
        delay,
        hysteresis,
      },
      {
        id: "cargo",
        name: "Cargo",
        parts: canaries.map(({ namespace, value }) => ({ ...own, namespace, name: value })),
        delay: 1,
      },
      {
        id: "jib",
        name: "Jib",
        parts: [{ type: "service", source, namespace: workload.namespace, name: workload.name }],
        delay,
        hysteresis,
      },
      { id: "bow", name: "Bow", parts: [{ type: "service", source, namespace: "shop", name: "web" }], delay: 1 },
      { id: "keel", name: "Keel", parts: [{ type: "service", source, namespace: "shop", name: "legacy" }], delay: 1 },
      { id: "haze", name: "Haze", parts: [{ type: "service", source, namespace: "shop", name: "nowhere" }], delay: 1 },
      { id: "crew", name: "Crew", parts: [{ type: "pods", source, q: "*" }], delay: 1 },
      { id: "hulls", name: "Hulls", parts: [{ type: "nodes", source, q: "*" }], delay: 1 },
      { id: "fog", name: "Fog", parts: [{ type: "pods", source: "no-such-source", q: "*" }], delay: 1 },
    ],
  };
}
