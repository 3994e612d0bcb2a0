import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ClusterFailed } from "./errors.ts";
import type { ClusterPaths } from "./paths.ts";
import { describeProcess, isSameProcess } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { report } from "./progress.ts";
import { sleep, waitUntil } from "./wait-until.ts";

/** One long-lived program of the cluster. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  /** Configuration files by path: written before a start, and a reason to restart when they differ. */
  files?: Record<string, string>;
  /** Resolves to true when the part does its work; asked repeatedly. */
  ready: () => Promise<boolean>;
  readySeconds?: number;
  /** How often it may end before it is ready: some give up when a neighbour is not ready yet. Default once. */
  attempts?: number;
}

interface PidRecord extends ProcessIdentity {
  command: string;
  args: string[];
  filesHash: string;
}

/** The parts of one cluster: each has a pid file with the identity of its process, and a log. */
export class ProcessTable {
  readonly paths: ClusterPaths;

  constructor(paths: ClusterPaths) {
    this.paths = paths;
  }

  /** Names with a pid file, running or not. */
  known(): string[] {
    if (!existsSync(this.paths.pids)) return [];
    return readdirSync(this.paths.pids)
      .filter((file) => file.endsWith(".json"))
      .map((file) => file.slice(0, -".json".length));
  }

  running(name: string): PidRecord | undefined {
    try {
      const record = JSON.parse(readFileSync(this.pidFile(name), "utf8")) as PidRecord;
      return isSameProcess(record) ? record : undefined;
    } catch {
      return undefined;
    }
  }

  logFile(name: string): string {
    return join(this.paths.logs, `${name}.log`);
  }

  logTail(name: string, lines = 15): string {
    try {
      return readFileSync(this.logFile(name), "utf8").trimEnd().split("\n").slice(-lines).join("\n");
    } catch {
      return "";
    }
  }

  /** Starts what does not run, restarts what runs with other arguments, and waits until it is ready. */
  async ensure(spec: ProcessSpec): Promise<"already running" | "started" | "restarted"> {
    const running = this.running(spec.name);
    let outcome: "started" | "restarted" = "started";
    if (running) {
      if (sameCommand(running, spec)) {
        await this.awaitReady(spec);
        return "already running";
      }
      outcome = "restarted";
      report(`${spec.name}: its options changed, restarting it`);
      await this.stop(spec.name);
    }
    for (let left = spec.attempts ?? 1; ; left--) {
      this.spawn(spec);
      try {
        await this.awaitReady(spec);
        return outcome;
      } catch (error) {
        if (left <= 1 || this.running(spec.name)) throw error;
        report(`${spec.name} ended, starting it again`);
        await sleep(1000);
      }
    }
  }

  private spawn(spec: ProcessSpec): void {
    mkdirSync(this.paths.pids, { recursive: true });
    mkdirSync(this.paths.logs, { recursive: true });
    writeFiles(spec.files ?? {});
    const log = openSync(this.logFile(spec.name), "a");
    const child = spawn(spec.command, spec.args, {
      cwd: this.paths.root,
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.on("error", () => {});
    child.unref();
    const identity = child.pid === undefined ? undefined : describeProcess(child.pid);
    if (!identity)
      throw new ClusterFailed(`${spec.name} (${spec.command}) could not be started`, this.logTail(spec.name));
    const record: PidRecord = { ...identity, command: spec.command, args: spec.args, filesHash: hashFiles(spec) };
    writeFileSync(this.pidFile(spec.name), JSON.stringify(record));
  }

  private async awaitReady(spec: ProcessSpec): Promise<void> {
    await waitUntil(
      async () => {
        if (!this.running(spec.name)) {
          throw new ClusterFailed(`${spec.name} ended instead of getting ready`, this.logTail(spec.name));
        }
        return await spec.ready();
      },
      {
        what: `${spec.name} to be ready`,
        timeoutSeconds: spec.readySeconds ?? 180,
        everyMilliseconds: 150,
        detail: () => this.logTail(spec.name),
      },
    );
  }

  /** Sends a signal and returns; false when the part does not run. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    const running = this.running(name);
    if (!running) return false;
    process.kill(running.pid, signal);
    return true;
  }

  /** Asks politely, then kills; removes the pid file. */
  async stop(name: string, graceSeconds = 15): Promise<void> {
    if (this.signal(name, "SIGTERM") && !(await this.gone(name, graceSeconds))) {
      report(`${name} did not stop within ${graceSeconds} s, killing it`);
      this.signal(name, "SIGKILL");
      await this.gone(name, 10);
    }
    rmSync(this.pidFile(name), { force: true });
  }

  async gone(name: string, seconds: number): Promise<boolean> {
    try {
      await waitUntil(() => !this.running(name), {
        what: `${name} to end`,
        timeoutSeconds: seconds,
        everyMilliseconds: 50,
      });
      return true;
    } catch {
      return false;
    }
  }

  private pidFile(name: string): string {
    return join(this.paths.pids, `${name}.json`);
  }
}

function sameCommand(record: PidRecord, spec: ProcessSpec): boolean {
  return (
    record.command === spec.command &&
    JSON.stringify(record.args) === JSON.stringify(spec.args) &&
    record.filesHash === hashFiles(spec)
  );
}

function hashFiles(spec: ProcessSpec): string {
  return createHash("sha256")
    .update(JSON.stringify(spec.files ?? {}))
    .digest("hex");
}

/** Untouched when equal: some programs end when their file is written to. */
function writeFiles(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    if (existsSync(path) && readFileSync(path, "utf8") === content) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
