import type { ActionResult } from "../../protocol/action-answer.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";

/** How far several actions are. `results` has a place for each, null for one that has not ended. */
export type Progress = { readonly results: readonly (ActionResult | null)[]; readonly running: boolean };

/**
 * Does things a few at a time and tells of each as it ends. After an abort no further one is begun; what has begun ends.
 */
export async function runEach(
  count: number,
  work: (index: number) => Promise<ActionResult>,
  tell: (progress: Progress) => void,
  options: { parallel: number; signal: AbortSignal },
): Promise<void> {
  const results: (ActionResult | null)[] = Array.from({ length: count }, () => null);
  tell({ results: [...results], running: true });
  const one = async (_place: ActionResult | null, index: number) => {
    results[index] = await work(index);
    tell({ results: [...results], running: true });
  };
  await eachOfFew([...results], options.parallel, one, options.signal);
  tell({ results: [...results], running: false });
}
