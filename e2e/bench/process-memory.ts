import { readFileSync } from "node:fs";

/** Resident memory of a process now and at most so far, in bytes (Linux). */
export function processMemory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) * 1024;
  return { now: field("VmRSS"), peak: field("VmHWM") };
}
