import { z } from "zod";

import { StowageError } from "../../error.ts";
import type { EngineTarget } from "./engine-target.ts";

const schema = z.object({ ID: z.string().nullish(), Name: z.string() });

/** Throws `not-found` where the engine is not the one that the target names. */
export async function ofThisEngine({ engine, ref }: EngineTarget): Promise<void> {
  const { Name } = schema.parse(await engine.json({ path: "/info" }));
  if (Name !== ref.path) throw new StowageError("not-found", ref.path);
}
