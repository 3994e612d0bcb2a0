import { z } from "zod";

import type { Engine } from "../sources/docker/engine.ts";

const inspected = z.object({
  Created: z.string(),
  RestartCount: z.number().nullish(),
  State: z.object({ StartedAt: z.string() }),
});
/** What lies between being made and being started is somebody's pause after this time, and no start, in ms. */
const longest = 60_000;

/**
 * How long a container took from being made to running, in ms, by the engine's own notes. null for one that was started again: when
 * it was asked for the second time nobody notes. Throws what Engine.json throws, or ZodError.
 */
export async function readStartMs(engine: Pick<Engine, "json">, id: string): Promise<number | null> {
  const { Created, RestartCount, State } = inspected.parse(
    await engine.json({ path: `/containers/${encodeURIComponent(id)}/json` }),
  );
  const took = Date.parse(State.StartedAt) - Date.parse(Created);
  return (RestartCount ?? 0) === 0 && took >= 0 && took <= longest ? took : null;
}
