/**
 * Does something with each item, at most so many at a time, and gives the results in the order of the items. After an abort no further
 * one is begun, and its place stays empty; what has begun ends. Rejects as soon as one does.
 */
export async function eachOfFew<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  const lane = async (): Promise<void> => {
    // One iterator for all: whoever is free takes what is next.
    for (const [index, item] of entries) {
      if (signal?.aborted) return;
      results[index] = await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
