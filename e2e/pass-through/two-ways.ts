import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

import { binary } from "../cluster/binaries.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { tryCommand } from "../cluster/run-command.ts";
import type { CommandResult } from "../cluster/run-command.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { startTlsFront } from "./tls-front.ts";
import type { TlsFront } from "./tls-front.ts";

export type WrittenRow = {
  id: number;
  name: string;
  verb: string;
  kind: string | null;
  path: string | null;
  outcome: string;
  error: string | null;
  detail: Record<string, unknown>;
};

/** kubectl by two ways to one cluster: through Stowage, and straight to the API server. */
export class TwoWays {
  readonly stowage: RunningStowage;
  readonly source: string;
  private readonly cluster: Cluster;
  private readonly front: TlsFront;
  private readonly folder: string;

  private constructor(cluster: Cluster, stowage: RunningStowage, source: string, front: TlsFront, folder: string) {
    this.cluster = cluster;
    this.stowage = stowage;
    this.source = source;
    this.front = front;
    this.folder = folder;
  }

  /** A team's server that reads as the cluster's reader, so that nothing it does for somebody can be its own right. */
  static async open(cluster: Cluster): Promise<TwoWays> {
    const front = await startTlsFront(cluster);
    const folder = mkdtempSync(join(tmpdir(), "stowage-pass-"));
    const database = `sqlite:${join(folder, "stowage.db")}`;
    const stowage = await startStowage({
      kubeconfig: cluster.kubeconfig("stowage-reader"),
      args: ["--face", "team", "--allowed-hosts", `127.0.0.1:${front.port}`, "--database", database],
    });
    front.lead(stowage.port);
    return new TwoWays(cluster, stowage, `stowage-${cluster.name}-stowage-reader`, front, folder);
  }

  get base(): string {
    return `/api/clusters/${this.source}`;
  }

  through(
    args: readonly string[],
    token: string,
    input?: string,
    env: Record<string, string> = {},
  ): Promise<CommandResult> {
    return tryCommand(binary("kubectl"), this.throughArgs(args, token), { env: { ...kubectlEnv(), ...env }, input });
  }

  straight(args: readonly string[], token: string, input?: string): Promise<CommandResult> {
    return tryCommand(binary("kubectl"), this.argsTo(this.cluster.server, args, token), { env: kubectlEnv(), input });
  }

  /** A kubectl that runs on; whoever starts it ends it. */
  follow(args: readonly string[], token: string, env: Record<string, string> = {}): Followed {
    const child = spawn(binary("kubectl"), this.throughArgs(args, token), {
      env: { ...kubectlEnv(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Followed(child);
  }

  /** The same with its ends open, for what is too large to be kept. */
  pipe(args: readonly string[], token: string): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn(binary("kubectl"), this.throughArgs(args, token), {
      env: kubectlEnv(),
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.stdin.on("error", () => undefined);
    return child;
  }

  /** Rows of the audit log from this one on, oldest first, as they lie in the database. */
  written(after = 0): WrittenRow[] {
    const database = new DatabaseSync(join(this.folder, "stowage.db"), { readOnly: true });
    try {
      const rows = database
        .prepare("select id, name, verb, kind, path, outcome, error, detail from audit where id > ? order by id")
        .all(after);
      return rows.map((row) => ({ ...row, detail: JSON.parse(String(row["detail"])) })) as unknown as WrittenRow[];
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.stowage.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private throughArgs(args: readonly string[], token: string): string[] {
    return this.argsTo(`https://127.0.0.1:${this.front.port}${this.base}`, args, token);
  }

  private argsTo(server: string, args: readonly string[], token: string): string[] {
    const [verb = "", ...rest] = args;
    return [verb, "--server", server, "--certificate-authority", this.cluster.caFile, "--token", token, ...rest];
  }
}

/** What a running kubectl says. */
export class Followed {
  stdout = "";
  stderr = "";
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;

  constructor(child: ChildProcessByStdio<null, Readable, Readable>) {
    this.child = child;
    child.stdout.on("data", (chunk: Buffer) => (this.stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (this.stderr += chunk.toString("utf8")));
    this.ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  }

  stop(): Promise<number | null> {
    this.child.kill();
    return this.ended;
  }
}

/** No kubeconfig and no cache of whoever runs the tests. */
function kubectlEnv(): NodeJS.ProcessEnv {
  return { ...process.env, HOME: "/nonexistent", KUBECONFIG: "/dev/null" };
}
