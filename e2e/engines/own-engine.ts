import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { programPath } from "../cluster/debian-packages.ts";
import { dockerClient } from "../cluster/engine.ts";
import { socketStatus } from "../cluster/probes.ts";
import { runCommand, tryCommand } from "../cluster/run-command.ts";
import type { CommandResult } from "../cluster/run-command.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { removeMounted } from "./remove-mounted.ts";

/** The Docker client with another engine's address. */
export function dockerAt(host: string, args: string[]): Promise<string> {
  return runCommand(dockerClient(), args, { env: clientEnv(host) });
}

export function tryDockerAt(host: string, args: string[]): Promise<CommandResult> {
  return tryCommand(dockerClient(), args, { env: clientEnv(host) });
}

function clientEnv(host: string): NodeJS.ProcessEnv {
  return { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: "0" };
}

/** A real dockerd of a test's own, which may be killed; it has no network and no images. */
export class OwnEngine {
  readonly host: string;
  private readonly folder: string;
  private readonly containerd: ChildProcess;
  private child: ChildProcess | null = null;

  private constructor(folder: string) {
    this.folder = folder;
    this.host = `unix://${this.socket}`;
    writeFileSync(join(folder, "dockerd.json"), "{}");
    writeFileSync(
      join(folder, "containerd.toml"),
      `version = 2
root = "${join(folder, "containerd")}"
state = "${join(folder, "state")}"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "${this.containerdSocket}"
`,
    );
    // Of its own, as on a machine: it lives on when dockerd is killed.
    this.containerd = spawnQuietly("containerd", [`--config=${join(folder, "containerd.toml")}`]);
  }

  static async start(): Promise<OwnEngine> {
    const engine = new OwnEngine(mkdtempSync(join(tmpdir(), "stowage-engine-")));
    await engine.run();
    return engine;
  }

  private get socket(): string {
    return join(this.folder, "docker.sock");
  }

  private get containerdSocket(): string {
    return join(this.folder, "containerd.sock");
  }

  /** Starts it, also again after it was killed. */
  async run(): Promise<void> {
    const { folder } = this;
    const args = [
      `--config-file=${join(folder, "dockerd.json")}`,
      `--host=${this.host}`,
      `--containerd=${this.containerdSocket}`,
      `--data-root=${join(folder, "data")}`,
      `--exec-root=${join(folder, "exec")}`,
      `--pidfile=${join(folder, "docker.pid")}`,
      "--storage-driver=overlay2",
      "--bridge=none",
      "--iptables=false",
      "--ip6tables=false",
      "--log-level=error",
    ];
    this.child = spawnQuietly("dockerd", args);
    await waitUntil(async () => (await socketStatus(this.socket, "/_ping")) === 200, {
      what: "a dockerd of its own",
      timeoutSeconds: 60,
    });
  }

  docker(args: string[]): Promise<string> {
    return dockerAt(this.host, args);
  }

  /** kill -9 of dockerd alone. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(join(this.folder, "docker.pid"), { force: true });
  }

  /** Ends it and everything that it ran. */
  async stop(): Promise<void> {
    const ids = (await tryDockerAt(this.host, ["ps", "--all", "--quiet"])).stdout.trim();
    if (ids !== "") await tryDockerAt(this.host, ["rm", "--force", ...ids.split("\n")]);
    await this.end("SIGTERM");
    await ended(this.containerd, "SIGTERM");
    await removeMounted(this.folder);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child) await ended(child, signal);
  }
}

function spawnQuietly(program: "containerd" | "dockerd", args: string[]): ChildProcess {
  const child = spawn(programPath(program), args, { stdio: "ignore" });
  // A test that failed half way leaves nothing running.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("close", () => process.off("exit", kill));
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill(signal);
  await closed;
}
