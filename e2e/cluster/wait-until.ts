import { ClusterFailed } from "./errors.ts";
import { report } from "./progress.ts";

export interface WaitOptions {
  /** What is waited for, as a person would say it. */
  what: string;
  timeoutSeconds?: number;
  everyMilliseconds?: number;
  /** Called when time is up, for the message: usually the end of a log. */
  detail?: () => string | Promise<string>;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Asks until the answer is neither false nor undefined. A probe that throws counts as "not yet". */
export async function waitUntil<T>(
  probe: () => Promise<T | false | undefined> | T | false | undefined,
  options: WaitOptions,
): Promise<T> {
  const { what, timeoutSeconds = 180, everyMilliseconds = 250 } = options;
  const began = Date.now();
  let nextLine = began + 15_000;
  let last: unknown;
  for (;;) {
    const asked = Date.now();
    try {
      const answer = await probe();
      if (answer !== false && answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      if (error instanceof ClusterFailed) throw error;
      last = error;
    }
    const now = Date.now();
    if (now - began > timeoutSeconds * 1000) {
      const reason = last instanceof Error ? ` (${last.message})` : "";
      throw new ClusterFailed(`waited ${timeoutSeconds} s in vain for ${what}${reason}`, await options.detail?.());
    }
    if (now > nextLine) {
      report(`still waiting for ${what} (${Math.round((now - began) / 1000)} s)`);
      nextLine = now + 15_000;
    }
    // What asks a busy server must not be what keeps it busy.
    await sleep(Math.min(Math.max(everyMilliseconds, 2 * (now - asked)), 15_000));
  }
}
