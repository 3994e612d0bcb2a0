import { z } from "zod";

import { layerSizesOf } from "../../stack/layer-sizes.ts";
import type { Engine } from "../sources/docker/engine.ts";

const history = z.array(z.object({ CreatedBy: z.string().nullish(), Size: z.number() })).max(10_000);
/** A step is shown, not run: one that is longer is cut, in characters. */
const longest = 2_000;

/** The build step of each layer, lowest first; null where the history does not tell. Throws what Engine.json throws, or ZodError. */
export async function readSteps(
  engine: Pick<Engine, "json">,
  image: string,
  diffs: readonly string[],
): Promise<readonly (string | null)[]> {
  const said = history.parse(await engine.json({ path: `/images/${encodeURIComponent(image)}/history` }));
  const steps = said.toReversed().map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy ?? "", bytes: Size }));
  const places = layerSizesOf(diffs, steps)?.steps ?? [];
  return diffs.map((_, index) => {
    const place = places[index] ?? null;
    const step = place === null ? "" : (steps[place]?.createdBy ?? "");
    return step === "" ? null : step.slice(0, longest);
  });
}
