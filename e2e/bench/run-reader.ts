import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one process of a full read says: wall and processor time in milliseconds, objects that it got. */
export type Reading = { milliseconds: number; cpu: number; objects: number; bytes?: number };

const readers = {
  bare: import.meta.resolve("./read-bare.ts"),
  ours: import.meta.resolve("./read-ours.ts"),
};

/** Runs one of the two readers as a process of its own, with the flags that the server is started with. */
export async function runReader(which: keyof typeof readers, kubeconfig: string): Promise<Reading> {
  const args = ["--max-semi-space-size=4", new URL(readers[which]).pathname, kubeconfig];
  const { stdout } = await run(process.execPath, args, { timeout: 120_000 });
  return JSON.parse(stdout) as Reading;
}
