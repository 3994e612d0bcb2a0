import type { HealthLevel } from "../protocol/cell.ts";

/** An object, so that a level that is added to the protocol is missed here by the compiler. */
const levels: Record<HealthLevel, true> = {
  failing: true,
  warning: true,
  unknown: true,
  starting: true,
  done: true,
  ok: true,
};

/** What a filter may say of health, worst first. */
export const healthLevels: readonly string[] = Object.keys(levels);
