import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ActionAnswer, ActionResult } from "../../lib/protocol/action-answer.ts";
import type { PullJob, PullsAnswer } from "../../lib/protocol/pull.ts";
import { parseEngineAddress } from "../../lib/server/sources/docker/engine-address.ts";
import { Engine } from "../../lib/server/sources/docker/engine.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import type { AuditRow } from "../server/audit-rows.ts";
import { AuditRows } from "../server/audit-rows.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { dockerAt, OwnEngine } from "./own-engine.ts";

export type Acting = { as?: Identity | "signed-out"; dryRun?: boolean };

/**
 * A dockerd of its own with one image, and a team's server that has it as source `own` and the cluster's as `shared`: `admin` is one,
 * `team` an operator, `nobody` a viewer.
 */
export class EngineWorld {
  readonly cluster: Cluster;
  readonly own: OwnEngine;
  readonly engine: Engine;
  readonly stowage: RunningStowage;
  /** What the engine calls its machine. */
  readonly host: string;
  /** Of the registry; the engine has it. */
  readonly tools: string;
  private readonly folder: string;
  private readonly audit: AuditRows;

  private constructor(
    made: Pick<EngineWorld, "cluster" | "own" | "engine" | "stowage" | "host" | "tools">,
    folder: string,
  ) {
    this.cluster = made.cluster;
    this.own = made.own;
    this.engine = made.engine;
    this.stowage = made.stowage;
    this.host = made.host;
    this.tools = made.tools;
    this.folder = folder;
    this.audit = new AuditRows(join(folder, "stowage.db"), "source in ('own', 'shared')");
  }

  static async open(cluster: Cluster, env: Readonly<Record<string, string>> = {}): Promise<EngineWorld> {
    const own = await OwnEngine.start();
    const folder = mkdtempSync(join(tmpdir(), "stowage-engines-"));
    const stowage = await startStowage({
      kubeconfig: cluster.kubeconfig("admin"),
      env,
      args: [
        "--face",
        "team",
        "--admins",
        "kubernetes:admin",
        "--database",
        `sqlite:${join(folder, "stowage.db")}`,
        "--engines",
        `own=${own.host},shared=${cluster.dockerHost ?? ""}`,
      ],
    });
    const admin = await stowage.signIn(cluster.token("admin"));
    await stowage.signIn(cluster.token("team"));
    await stowage.post("/api/people/role", { account: "kubernetes:team", role: "operator" }, admin);
    const tools = `${cluster.registry}/shop/tools:1.1.0`;
    await own.docker(["pull", "--quiet", tools]);
    const address = parseEngineAddress(own.host, { tls: false });
    if (!address) throw new Error(`${own.host} is no address`);
    const host = (await own.docker(["info", "--format", "{{.Name}}"])).trim();
    return new EngineWorld({ cluster, own, engine: new Engine(address), stowage, host, tools }, folder);
  }

  target(kind: string, path: string, source = "own"): { kind: string; source: string; path: string } {
    return { kind, source, path };
  }

  get engineTarget() {
    return this.target("engines", this.host);
  }

  docker(...args: string[]): Promise<string> {
    return this.own.docker(args).then((text) => text.trim());
  }

  /** The same of the cluster's engine, which others use too. */
  sharedDocker(...args: string[]): Promise<string> {
    return dockerAt(this.cluster.dockerHost ?? "", args).then((text) => text.trim());
  }

  /** A container of the tools that does nothing and ends when it is told. */
  async idle(name: string, ...args: string[]): Promise<void> {
    const command = ["-c", 'trap "exit 0" TERM; while :; do sleep 0.1; done'];
    await this.docker("run", "--detach", "--network=none", "--name", name, ...args, this.tools, ...command);
  }

  async state(name: string): Promise<string> {
    return await this.docker("container", "inspect", "--format", "{{.State.Status}}", name);
  }

  /** The hex digits of an image's id: the path of its page. */
  async imagePath(name: string): Promise<string> {
    return (await this.docker("image", "inspect", "--format", "{{.Id}}", name)).replace("sha256:", "");
  }

  async act(verb: string, body: object, { as = "admin", dryRun = false }: Acting = {}) {
    const bearer: Record<string, string> =
      as === "signed-out" ? {} : { authorization: `Bearer ${this.cluster.token(as)}` };
    const { status, text } = await this.stowage.ask(`/api/actions/${verb}${dryRun ? "?dryRun=true" : ""}`, {
      method: "POST",
      headers: { ...bearer, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status, text, answer: JSON.parse(text) as ActionAnswer };
  }

  async one(verb: string, body: object, acting: Acting = {}): Promise<ActionResult> {
    const { answer, text } = await this.act(verb, body, acting);
    const [result] = answer.results ?? [];
    if (!result || answer.results.length !== 1) throw new Error(`one result was expected, not ${text}`);
    return result;
  }

  /** Expects it to be done. */
  async done(verb: string, body: object, acting: Acting = {}): Promise<ActionResult> {
    const result = await this.one(verb, body, acting);
    if (result.outcome !== "done") throw new Error(`${verb}: ${JSON.stringify(result.error)}`);
    return result;
  }

  async pulls(): Promise<PullJob[]> {
    return (await this.stowage.json<PullsAnswer>("/api/engines/own/pulls", this.cluster.token("nobody"))).pulls;
  }

  /** Rows of the audit log since a number, oldest first. */
  rows(since = 0): AuditRow[] {
    return this.audit.since(since);
  }

  rowsOf<T>(work: () => Promise<T>): Promise<{ value: T; rows: AuditRow[] }> {
    return this.audit.leftBy(work);
  }

  /** Bytes of all layers on the disk, as the engine counts them. */
  async layersSize(): Promise<number> {
    return ((await this.engine.json({ path: "/system/df" })) as { LayersSize: number }).LayersSize;
  }

  async close(): Promise<void> {
    this.engine.close();
    await this.stowage.stop();
    await this.own.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
