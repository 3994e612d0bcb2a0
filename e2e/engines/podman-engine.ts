import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { programPath } from "../cluster/debian-packages.ts";
import { socketStatus } from "../cluster/probes.ts";
import { runCommand, tryCommand } from "../cluster/run-command.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { removeMounted } from "./remove-mounted.ts";

/** A layer as Podman's storage notes it; `diff-size` is in bytes of its tar. */
export type StoredLayer = { id: string; parent?: string; "diff-digest"?: string; "diff-size"?: number };
/** An image as Podman's storage notes it; the data are its manifest and config, in bytes. */
export type StoredImage = { id: string; layer: string; "big-data-sizes"?: Record<string, number> };

/** A Podman of a test's own behind its Docker-compatible socket, which may be killed. It shares no storage with the machine's. */
export class PodmanEngine {
  readonly host: string;
  private readonly folder: string;
  private child: ChildProcess | null = null;

  private constructor(folder: string, registry: string) {
    this.folder = folder;
    this.host = `unix://${this.socket}`;
    writeFileSync(
      join(folder, "storage.conf"),
      `[storage]
driver = "overlay"
graphroot = "${join(folder, "root")}"
runroot = "${join(folder, "run")}"
`,
    );
    // It is spoken with by plain HTTP.
    const insecure = `[[registry]]\nlocation = "${registry}"\ninsecure = true\n`;
    writeFileSync(join(folder, "registries.conf"), insecure);
    writeFileSync(
      join(folder, "containers.conf"),
      // Its limits are what a process without rights beyond root's may set.
      `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
[network]
network_config_dir = "${join(folder, "networks")}"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
runtime = "runc"
`,
    );
  }

  /** `registry` is the cluster's. */
  static async start(registry: string): Promise<PodmanEngine> {
    const engine = new PodmanEngine(mkdtempSync(join(tmpdir(), "stowage-podman-")), registry);
    try {
      await engine.run();
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  private get socket(): string {
    return join(this.folder, "podman.sock");
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      CONTAINERS_CONF: join(this.folder, "containers.conf"),
      CONTAINERS_REGISTRIES_CONF: join(this.folder, "registries.conf"),
      CONTAINERS_STORAGE_CONF: join(this.folder, "storage.conf"),
    };
  }

  private get places(): string[] {
    const { folder } = this;
    return [`--root=${join(folder, "root")}`, `--runroot=${join(folder, "run")}`, `--tmpdir=${join(folder, "tmp")}`];
  }

  /** Starts the service, also again after it was killed. */
  async run(): Promise<void> {
    const args = [...this.places, "system", "service", "--time=0", this.host];
    const child = spawn(programPath("podman"), args, { env: this.env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = `${said}${text}`.slice(-2_000)));
    // A test that failed half way leaves nothing running.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("close", () => process.off("exit", kill));
    this.child = child;
    await waitUntil(async () => (await socketStatus(this.socket, "/_ping")) === 200, {
      what: "a Podman of its own",
      timeoutSeconds: 60,
      detail: () => said,
    });
  }

  /** What its own client prints, which asks the service. */
  podman(args: string[]): Promise<string> {
    return runCommand(programPath("podman"), ["--remote", "--url", this.host, ...args], { env: this.env });
  }

  /** The same without the service, as Podman needs none. */
  withoutService(args: string[]): Promise<string> {
    return runCommand(programPath("podman"), [...this.places, ...args], { env: this.env });
  }

  /** kill -9 of the service alone: its containers run on. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.socket, { force: true });
  }

  /** What its storage has noted on the disk. */
  stored(): { layers: StoredLayer[]; images: StoredImage[] } {
    const read = (what: string) => readFileSync(join(this.folder, "root", `overlay-${what}`, `${what}.json`), "utf8");
    return { layers: JSON.parse(read("layers")) as StoredLayer[], images: JSON.parse(read("images")) as StoredImage[] };
  }

  /** Ends it and everything that it ran. */
  async stop(): Promise<void> {
    await tryCommand(programPath("podman"), [...this.places, "rm", "--all", "--force", "--time=0"], { env: this.env });
    await this.end("SIGTERM");
    this.killMonitors();
    await removeMounted(this.folder);
  }

  /** Who watched over a command waits minutes for somebody to ask how it ended, and then would write into the folder again. */
  private killMonitors(): void {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const words = readFileSync(join("/proc", pid, "cmdline"), "utf8").split("\0");
        const isOurs = words[0]?.endsWith("/conmon") && words.some((word) => word.startsWith(`${this.folder}/`));
        if (isOurs) process.kill(Number(pid), "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill(signal);
    await closed;
  }
}
