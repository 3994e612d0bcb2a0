import type { ActionResult } from "../../protocol/action-answer.ts";

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
  let next = 0;
  const lane = async () => {
    while (next < count && !options.signal.aborted) {
      const index = next++;
      results[index] = await work(index);
      tell({ results: [...results], running: true });
    }
  };
  tell({ results: [...results], running: true });
  await Promise.all(Array.from({ length: options.parallel }, lane));
  tell({ results: [...results], running: false });
}
