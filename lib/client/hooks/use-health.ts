import type { Messages } from "../../i18n/en.ts";
import type { KindSide } from "../../kinds/kind.ts";
import type { HealthLevel } from "../../protocol/cell.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { healthText } from "../detail/health-text.ts";
import { useClockText } from "./use-clock-text.ts";

/** An object's health in one sentence, kept true as time goes by; null for a kind that has no word for it. */
export function useHealth(
  side: KindSide,
  object: KubeObject | null,
  m: Messages,
): { level: HealthLevel; text: string } | null {
  const packed = useClockText((now) => {
    const health = object && side.health?.(object, now);
    return health ? `${health.level} ${visibleText(healthText(health.sentence, m))}` : "";
  });
  const space = packed.indexOf(" ");
  return space < 0 ? null : { level: packed.slice(0, space) as HealthLevel, text: packed.slice(space + 1) };
}
