import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { describeProcess, isSameProcess } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { report } from "./progress.ts";
import { sleep } from "./wait-until.ts";

/**
 * Runs `work` while holding `path`. The file names its holder, so that the lock of a process that died
 * (or of another boot) is taken over instead of waited for.
 */
export async function withFileLock<T>(path: string, what: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path, what);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path: string, what: string): Promise<void> {
  let said = 0;
  for (;;) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, JSON.stringify(describeProcess(process.pid)));
      closeSync(file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(path);
    if (holder !== "being written" && !isSameProcess(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (Date.now() - said > 20_000) {
      const pid = holder === "being written" ? "?" : holder?.pid;
      report(`waiting for process ${pid}, which is ${what}`);
      said = Date.now();
    }
    await sleep(500);
  }
}

function readHolder(path: string): ProcessIdentity | undefined | "being written" {
  try {
    const text = readFileSync(path, "utf8");
    // Created and not yet filled: the window is microseconds, but taking the lock then would give it to two.
    if (text === "") return "being written";
    return JSON.parse(text) as ProcessIdentity;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "being written";
  }
}
