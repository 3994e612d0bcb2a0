import { z } from "zod";

import type { Engine } from "./engine.ts";
import { isPodman } from "./engine.ts";

const listed = z.array(z.looseObject({ Id: z.string(), State: z.string(), Status: z.string().nullish() }));
const found = z.array(z.object({ Id: z.string() }));

/** As Docker's own status ends; both engines take the first word as a filter. */
const words = { healthy: "(healthy)", unhealthy: "(unhealthy)", starting: "(health: starting)" } as const;
type Check = keyof typeof words;
const checks: readonly Check[] = ["healthy", "unhealthy", "starting"];

/**
 * Writes into a list of Podman's containers how their health checks stand, which its statuses leave out: `Up 2 minutes` becomes
 * `Up 2 minutes (healthy)`, as Docker has it. Throws what Engine.json throws.
 */
export async function tellHealth(engine: Engine, answer: unknown, signal?: AbortSignal): Promise<void> {
  if (!isPodman(await engine.version()) || !Array.isArray(answer)) return;
  const containers = listed.safeParse(answer);
  if (!containers.success || !containers.data.some(({ State }) => State === "running")) return;
  const having = async (which: readonly Check[]) => {
    const query = new URLSearchParams({ filters: JSON.stringify({ health: which, status: ["running"] }) });
    const said = await engine.json({ path: `/containers/json?${query.toString()}`, ...(signal ? { signal } : {}) });
    return new Set((found.safeParse(said).data ?? []).map(({ Id }) => Id));
  };
  // Most containers have none: one question then is enough.
  const checked = await having(checks);
  if (checked.size === 0) return;
  const [unhealthy, starting] = await Promise.all([having(["unhealthy"]), having(["starting"])]);
  for (const [place, { Id, Status }] of containers.data.entries()) {
    // Newer ones say it themselves.
    if (!checked.has(Id) || Status?.includes("(")) continue;
    const check = unhealthy.has(Id) ? "unhealthy" : starting.has(Id) ? "starting" : "healthy";
    Object.assign(answer[place], { Status: `${Status ?? ""} ${words[check]}`.trim() });
  }
}
