import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ActionAnswer, ActionResult } from "../../lib/protocol/action-answer.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import { onFakeNodes } from "../cluster/seed/pod-template.ts";
import type { AuditRow } from "../server/audit-rows.ts";
import { AuditRows } from "../server/audit-rows.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";

export type Acting = { as?: Identity; dryRun?: boolean };

/** A namespace of its own, and a server of the team face whose audit log can be read beside it. */
export class ActionWorld {
  readonly cluster: Cluster;
  readonly stowage: RunningStowage;
  readonly namespace: string;
  readonly source: string;
  private readonly ownFolder: string | null;
  private readonly audit: AuditRows;

  private constructor(cluster: Cluster, stowage: RunningStowage, ownFolder: string | null, database: string) {
    this.cluster = cluster;
    this.stowage = stowage;
    this.ownFolder = ownFolder;
    this.audit = new AuditRows(database, "verb not like 'sign%'");
    this.source = `stowage-${cluster.name}`;
    this.namespace = `act-${randomBytes(3).toString("hex")}`;
  }

  /** `place` is a folder for the database; a fresh one by default, which goes with the world. */
  static async open(cluster: Cluster, place?: string): Promise<ActionWorld> {
    const folder = place ?? mkdtempSync(join(tmpdir(), "stowage-actions-"));
    const database = join(folder, "stowage.db");
    const stowage = await startStowage({
      kubeconfig: cluster.kubeconfig("admin"),
      args: ["--face", "team", "--database", `sqlite:${database}`],
    });
    const world = new ActionWorld(cluster, stowage, place === undefined ? folder : null, database);
    await world.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: world.namespace } }]);
    return world;
  }

  target(kind: string, name: string): { kind: string; source: string; path: string } {
    return { kind, source: this.source, path: kind === "nodes" ? name : `${this.namespace}/${name}` };
  }

  /** Sends one action and gives the status and the results. */
  async act(
    verb: string,
    body: object,
    { as = "admin", dryRun = false }: Acting = {},
  ): Promise<{ status: number; answer: ActionAnswer; text: string }> {
    const { status, text } = await this.stowage.ask(`/api/actions/${verb}${dryRun ? "?dryRun=true" : ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.cluster.token(as)}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status, answer: JSON.parse(text) as ActionAnswer, text };
  }

  /** The one result of an action on one object. */
  async one(verb: string, body: object, acting: Acting = {}): Promise<ActionResult> {
    const { answer, text } = await this.act(verb, body, acting);
    const [result] = answer.results ?? [];
    if (!result || answer.results.length !== 1) throw new Error(`one result was expected, not ${text}`);
    return result;
  }

  /** Rows written since a number, oldest first. */
  rows(since = 0): AuditRow[] {
    return this.audit.since(since);
  }

  /** Does something and gives the rows that it left. */
  rowsOf<T>(work: () => Promise<T>): Promise<{ value: T; rows: AuditRow[] }> {
    return this.audit.leftBy(work);
  }

  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(["--namespace", this.namespace, ...args]);
  }

  /** A value of an object as admin: `{.spec.replicas}`. */
  async read(object: string, jsonpath: string): Promise<string> {
    return (await this.kubectl("get", object, "-o", `jsonpath=${jsonpath}`)).trim();
  }

  async apply(items: object[]): Promise<void> {
    await this.cluster.kubectl(["apply", "-f", "-"], {
      input: JSON.stringify({ apiVersion: "v1", kind: "List", items }),
    });
  }

  /** A Deployment whose pods wait for a node that never comes: nothing else changes it. */
  deployment(name: string, replicas: number, image = "example.test/sail:1"): object {
    const labels = { app: name };
    const spec = { ...onFakeNodes, terminationGracePeriodSeconds: 1, containers: [{ name: "main", image }] };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: this.namespace },
      spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    };
  }

  configMap(name: string, data: Record<string, string>): object {
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: this.namespace }, data };
  }

  async close(): Promise<void> {
    await this.stowage.stop();
    await this.cluster.kubectl(["delete", "namespace", this.namespace, "--wait=false"]);
    if (this.ownFolder !== null) rmSync(this.ownFolder, { recursive: true, force: true });
  }
}
