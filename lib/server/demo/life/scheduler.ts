import type { ContainerShape } from "./app.ts";
import type { PodSpec } from "./container-shapes.ts";
import type { NodeLife } from "./node-life.ts";

/** What the scheduler reads of a pod. */
export type Wanted = { containers: readonly ContainerShape[]; spec: PodSpec };
export type Taint = { key: string; value?: string; effect: string };

/** The node with the most room of those that take the pod, or the scheduler's words for why there is none. */
export function schedule(nodes: readonly NodeLife[], wanted: Wanted): { node: NodeLife } | { why: string } {
  let best: NodeLife | null = null;
  const refused = new Map<string, number>();
  for (const node of nodes) {
    const why = node.refuses(wanted);
    if (why !== null) refused.set(why, (refused.get(why) ?? 0) + 1);
    else if (!best || node.load < best.load) best = node;
  }
  return best ? { node: best } : { why: nowhere(nodes.length, refused) };
}

/** The taint that keeps a pod from being put on a node, if there is one. */
export function untolerated(taints: readonly Taint[], tolerations: PodSpec["tolerations"]): Taint | undefined {
  return taints.find(
    (taint) =>
      taint.effect !== "PreferNoSchedule" &&
      !tolerations?.some(
        ({ key, operator, value, effect }) =>
          (effect === undefined || effect === "" || effect === taint.effect) &&
          (key === undefined || key === "" ? operator === "Exists" : key === taint.key) &&
          (operator === "Exists" || (value ?? "") === (taint.value ?? "")),
      ),
  );
}

/** As the scheduler writes it into the pod's condition and its event. */
function nowhere(nodes: number, refused: ReadonlyMap<string, number>): string {
  const reasons = [...refused].map(([why, count]) => `${count} ${why}`).toSorted();
  const helpful = [...refused].filter(([why]) => why.startsWith("Insufficient"));
  const short = helpful.reduce((sum, [, count]) => sum + count, 0);
  const preemption = [
    ...(short > 0 ? [`${short} No preemption victims found for incoming pod`] : []),
    ...(nodes > short ? [`${nodes - short} Preemption is not helpful for scheduling`] : []),
  ].toSorted();
  const all = `0/${nodes} nodes are available`;
  return `${all}: ${reasons.join(", ")}. preemption: ${all}: ${preemption.join(", ")}.`;
}
