import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

import { chromiumPath } from "../../tools/real-parts.ts";

/** What a figure means depends on these. `load` is that of the last minute. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGiB: number;
  node: string;
  chromium: string;
  load: number;
};

export function machine(): Machine {
  const all = cpus();
  return {
    cores: all.length,
    processor: all[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    chromium: chromiumVersion(),
    load: loadavg()[0] ?? 0,
  };
}

export function printMachine({ cores, processor, memoryGiB, node, chromium, load }: Machine): string {
  return `${cores} cores (${processor}), ${memoryGiB} GiB, Node ${node}, Chromium ${chromium}, load ${load.toFixed(1)}`;
}

function chromiumVersion(): string {
  const path = chromiumPath();
  if (path === null) return "none";
  const said = execFileSync(path, ["--version"], {
    encoding: "utf8",
    timeout: 20_000,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return /[\d.]+/.exec(said)?.[0] ?? said.trim();
}
