import { readFileSync, readdirSync } from "node:fs";

/** A pid alone is no identity: it is reused. With its start time and the boot it is. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat. */
  startTicks: string;
  bootId: string;
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function stat(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name may hold spaces and brackets; what follows its last bracket does not.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startTicks: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

/** A zombie with threads left still has its ports and files: it is not gone yet. */
function threadCount(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

export function describeProcess(pid: number): ProcessIdentity | undefined {
  const found = stat(pid);
  return found && { pid, startTicks: found.startTicks, bootId: bootId() };
}

/** True when that very process still runs (a zombie does not). */
export function isSameProcess(identity: ProcessIdentity | undefined): identity is ProcessIdentity {
  if (!identity) return false;
  const found = stat(identity.pid);
  return (
    found !== undefined &&
    !(found.state === "Z" && threadCount(identity.pid) <= 1) &&
    found.startTicks === identity.startTicks &&
    identity.bootId === bootId()
  );
}

export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  } catch {
    return [];
  }
}
