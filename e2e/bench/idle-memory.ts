import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sleep } from "../cluster/wait-until.ts";
import { startStowage } from "../server/start-stowage.ts";
import { processMemory } from "./process-cost.ts";

/** How long a server is left alone before its memory is read, in ms. */
export const restMs = 10_000;

/** Resident memory of a server that has no cluster and that nobody looks at, and again once it served one page, in bytes. */
export async function idleMemory(): Promise<{ idle: number; served: number }> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-idle-"));
  const kubeconfig = join(folder, "empty.yaml");
  writeFileSync(kubeconfig, "apiVersion: v1\nkind: Config\n");
  const stowage = await startStowage({ kubeconfig });
  try {
    await sleep(restMs);
    const idle = processMemory(stowage.pid).now;
    await stowage.get("/pods", stowage.token, { accept: "text/html" });
    await sleep(restMs);
    return { idle, served: processMemory(stowage.pid).now };
  } finally {
    await stowage.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
