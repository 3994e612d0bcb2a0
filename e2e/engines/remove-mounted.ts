import { readFileSync, rmSync } from "node:fs";

import { tryCommand } from "../cluster/run-command.ts";
import { sleep } from "../cluster/wait-until.ts";

/** What ends somewhere in it may take so many looks, each a moment after the other. */
const tries = 20;

/** Takes a folder away with everything that is mounted in it: what was killed leaves its mounts behind, and some come late. */
export async function removeMounted(folder: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const mounts = readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .map((line) => line.split(" ")[1] ?? "");
    for (const mount of mounts.filter((path) => path === folder || path.startsWith(`${folder}/`)).toReversed())
      await tryCommand("umount", ["--lazy", mount]);
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(250);
    }
  }
}
