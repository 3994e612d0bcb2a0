import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ApiClient } from "./api-client.ts";
import { binary } from "./binaries.ts";
import { bringUp } from "./bring-up.ts";
import { readCanaries } from "./canaries.ts";
import type { Canary } from "./canaries.ts";
import { certificatePaths } from "./certificates.ts";
import type { Certificates } from "./certificates.ts";
import { compactEtcd } from "./compact-etcd.ts";
import { ClusterFailed } from "./errors.ts";
import type { Capability } from "./existing-cluster.ts";
import { withFileLock } from "./file-lock.ts";
import { kubeconfigPath, readTokens, serverUrl } from "./identities.ts";
import type { Identity, TokenHolder } from "./identities.ts";
import { ProcessTable } from "./managed-process.ts";
import { makePlan, readPlan } from "./options.ts";
import type { ClusterOptions, ClusterPlan } from "./options.ts";
import { clusterParts } from "./parts.ts";
import type { PartName } from "./parts.ts";
import { runCommand, tryCommand } from "./run-command.ts";
import type { CommandResult } from "./run-command.ts";
import { tearDown } from "./tear-down.ts";

/** A cluster that was started here and may be broken. */
export class Cluster {
  readonly name: string;
  readonly server: string;
  readonly caFile: string;
  /** One JSON object a line: every request that the API server answered. */
  readonly auditLog: string;
  /** `127.0.0.1:PORT`, plain HTTP; undefined without a node. */
  readonly registry: string | undefined;
  /** For DOCKER_HOST; undefined without a node. */
  readonly dockerHost: string | undefined;
  readonly plan: ClusterPlan;
  private readonly certificates: Certificates;
  private readonly processes: ProcessTable;

  constructor(plan: ClusterPlan, certificates: Certificates) {
    this.name = plan.name;
    this.plan = plan;
    this.certificates = certificates;
    this.processes = new ProcessTable(plan.paths);
    this.server = serverUrl(plan);
    this.caFile = certificates.ca;
    this.auditLog = plan.paths.auditLog;
    this.registry = plan.options.node ? `127.0.0.1:${plan.addresses.ports.registry}` : undefined;
    this.dockerHost = plan.options.node ? `unix://${join(plan.paths.docker, "docker.sock")}` : undefined;
  }

  /** As of an existing cluster: tests ask before they rely on a power. */
  has(capability: Capability): boolean {
    if (capability === "engine" || capability === "registry") return this.plan.options.node;
    return capability !== "canaries" || this.plan.options.seed;
  }

  /** The path of this identity's kubeconfig. */
  kubeconfig(identity: TokenHolder = "admin"): string {
    return kubeconfigPath(this.plan, identity);
  }

  token(identity: TokenHolder = "admin"): string {
    const token = readTokens(this.plan.paths.tokens).get(identity);
    if (!token) throw new ClusterFailed(`there is no token for ${identity}`);
    return token;
  }

  /** Unique strings in names, labels, annotations and images, by namespace and kind: what must not leak. */
  get canaries(): Canary[] {
    return readCanaries(this.plan.paths.canaries);
  }

  /** A JSON client for seeding and checking; close it when done. */
  api(identity: TokenHolder = "admin"): ApiClient {
    return new ApiClient(this.server, this.token(identity), readFileSync(this.caFile, "utf8"));
  }

  /** Runs kubectl (the server's own version) and gives its output; throws for a failing exit code. */
  kubectl(args: string[], options: { as?: Identity; input?: string } = {}): Promise<string> {
    return runCommand(binary("kubectl"), this.kubectlArgs(args, options.as), { input: options.input });
  }

  tryKubectl(args: string[], options: { as?: Identity; input?: string } = {}): Promise<CommandResult> {
    return tryCommand(binary("kubectl"), this.kubectlArgs(args, options.as), { input: options.input });
  }

  private kubectlArgs(args: string[], identity: Identity = "admin"): string[] {
    return [`--kubeconfig=${this.kubeconfig(identity)}`, ...args];
  }

  isRunning(part: PartName): boolean {
    return this.processes.running(part) !== undefined;
  }

  logFile(part: PartName): string {
    return this.processes.logFile(part);
  }

  /** Sends a signal and waits for the part's end, unless it is one that does not end it (SIGSTOP, SIGCONT). */
  async kill(part: PartName, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (!this.processes.signal(part, signal)) throw new ClusterFailed(`${part} does not run`);
    if (signal === "SIGSTOP" || signal === "SIGCONT") return;
    if (!(await this.processes.gone(part, 60))) throw new ClusterFailed(`${part} did not end within 60 s of ${signal}`);
  }

  /** Starts a part that was killed and waits until it is ready; does nothing to one that runs. */
  async start(part: PartName): Promise<void> {
    const spec = clusterParts(this.plan, this.certificates).find((candidate) => candidate.name === part);
    if (!spec) throw new ClusterFailed(`cluster ${this.name} has no ${part}`);
    await this.processes.ensure(spec);
  }

  /** Forgets all history before now: watches that resume from an older version get "410 Gone". */
  compactEtcd(): Promise<{ revision: string }> {
    return compactEtcd(this.plan);
  }

  /** Stops everything. With `wipe` the state goes too; without, the next start finds the same world. */
  async down(options: { wipe?: boolean } = {}): Promise<void> {
    await withFileLock(lockFile(this.plan), `stopping cluster ${this.name}`, () => tearDown(this.plan));
    if (options.wipe) rmSync(this.plan.paths.root, { recursive: true, force: true });
  }
}

function lockFile(plan: ClusterPlan): string {
  return `${plan.paths.root}.lock`;
}

/** Starts a cluster, or what is missing of one that runs. Takes ten minutes when nothing is built yet. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const plan = await makePlan(options);
  return await withFileLock(lockFile(plan), `starting cluster ${plan.name}`, async () => {
    const certificates = await bringUp(plan);
    return new Cluster(plan, certificates);
  });
}

/** The handle of a cluster that `up` or another process started. */
export async function attachCluster(name = "dev"): Promise<Cluster> {
  const plan = readPlan(name);
  if (!plan) throw new ClusterFailed(`there is no cluster "${name}": start it with "up"`);
  return new Cluster(plan, certificatePaths(plan));
}
