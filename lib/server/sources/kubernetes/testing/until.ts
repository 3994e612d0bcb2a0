import { setTimeout as pause } from "node:timers/promises";

/** Waits until it is so, however slow the machine; after five seconds the assertion that follows says what is not. */
export async function until(isSo: () => boolean): Promise<void> {
  const last = performance.now() + 5000;
  while (!isSo() && performance.now() < last) await pause(5);
}
