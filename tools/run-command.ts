import { spawn } from "node:child_process";

export type CommandOptions = {
  env?: Record<string, string>;
  /** Passes the output on as it comes; it is collected in any case. */
  echo?: boolean;
  /** Ends the command and everything that it started. */
  signal: AbortSignal;
};

export type CommandResult = { ok: boolean; code: number; output: string; seconds: number };

/** How long a command may take to end after SIGTERM. A cluster or a browser needs some seconds to go in order. */
const graceMilliseconds = 20_000;

const running = new Set<number>();

// Whatever ends this process, nothing that it started stays.
process.on("exit", () => {
  for (const pid of running) killGroup(pid, "SIGKILL");
});

/**
 * Runs a command line in a shell and a process group of its own, without a terminal or input. Never throws for the command's
 * outcome; the code is 1 for one that a signal ended.
 */
export function runCommand(line: string, { env, echo, signal }: CommandOptions): Promise<CommandResult> {
  const began = Date.now();
  return new Promise((resolve) => {
    const output: string[] = [];
    const finish = (code: number) => {
      resolve({ ok: code === 0, code, output: output.join(""), seconds: (Date.now() - began) / 1000 });
    };
    if (signal.aborted) return finish(1);
    const child = spawn(line, {
      shell: true,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const take = (chunk: string) => {
      output.push(chunk);
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    let killTimer: NodeJS.Timeout | undefined;
    const stop = () => {
      if (pid === undefined) return;
      killGroup(pid, "SIGTERM");
      killTimer = setTimeout(() => killGroup(pid, "SIGKILL"), graceMilliseconds);
    };
    signal.addEventListener("abort", stop, { once: true });
    const settle = (code: number) => {
      signal.removeEventListener("abort", stop);
      clearTimeout(killTimer);
      if (pid !== undefined) {
        // The shell is gone; what it left behind in its group goes now.
        killGroup(pid, "SIGKILL");
        running.delete(pid);
      }
      finish(code);
    };
    child.on("error", (error) => {
      take(`${error.message}\n`);
      settle(1);
    });
    child.on("close", (code) => settle(code ?? 1));
  });
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}
