import type { PodLife } from "./pod-life.ts";
import type { World } from "./world.ts";

/** How often changes are made, in ms. */
const stepMs = 100;
/** How long a pod is not ready, in ms. */
const unreadyMs = [1_000, 3_000] as const;

/**
 * Changes pods so often a second, for those who want to see how much a viewer bears: a pod's probe fails once, and it is ready again
 * a moment later. Each of the two is a change; what controllers then write comes on top.
 */
export function churn(world: World, perSecond: number): void {
  const perStep = (perSecond * stepMs) / 2_000;
  let owed = 0;
  let choice: PodLife[] = [];
  const step = () => {
    world.agenda.after(stepMs, step);
    for (owed += perStep; owed >= 1; owed -= 1) {
      // Pods come and go; those that went say no.
      if (choice.length === 0) choice = shuffled(world);
      choice.pop()?.waver(world.chance.between(...unreadyMs));
    }
  };
  if (perSecond > 0) step();
}

/** Every pod once, in any order. */
function shuffled(world: World): PodLife[] {
  return [...world.pods.values()]
    .filter((pod) => pod.ready)
    .map((pod) => ({ pod, place: world.chance.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ pod }) => pod);
}
