/** What a rollout reads and sets of one replica set. */
export type Step = { wanted: number; ready: number };
export type Pace = { replicas: number; maxSurge: number; maxUnavailable: number };

/** `25%` of a number, or the number itself. */
export function share(value: unknown, of: number, round: "up" | "down"): number {
  if (typeof value === "number") return value;
  const percent = typeof value === "string" && value.endsWith("%") ? Number(value.slice(0, -1)) : Number.NaN;
  const part = ((Number.isFinite(percent) ? percent : 25) / 100) * of;
  return round === "up" ? Math.ceil(part) : Math.floor(part);
}

/** How many the new replica set may have next. */
export function scaleUpTo(current: Step, old: readonly Step[], { replicas, maxSurge }: Pace): number {
  if (current.wanted >= replicas) return replicas;
  const room = replicas + maxSurge - sum(old, "wanted") - current.wanted;
  return Math.min(replicas, current.wanted + Math.max(0, room));
}

/** How many each of the old ones keeps: those that do not serve go first, others only while enough serve. */
export function scaleDownTo(current: Step, old: readonly Step[], { replicas, maxUnavailable }: Pace): number[] {
  const least = replicas - maxUnavailable;
  const all = sum(old, "wanted") + current.wanted;
  let spare = all - least - Math.max(0, current.wanted - current.ready);
  const kept = old.map(({ wanted, ready }) => {
    const idle = Math.max(0, Math.min(wanted - ready, spare));
    spare -= idle;
    return wanted - idle;
  });
  let serving = sum(old, "ready") + current.ready - least;
  return kept.map((wanted, index) => {
    const drop = Math.max(0, Math.min(Math.min(wanted, old[index]?.ready ?? 0), serving, spare));
    serving -= drop;
    spare -= drop;
    return wanted - drop;
  });
}

function sum(list: readonly Step[], field: keyof Step): number {
  return list.reduce((total, step) => total + step[field], 0);
}
