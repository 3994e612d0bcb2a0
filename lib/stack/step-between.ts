/** A thing in a drawing that has a place: left and right in places, bottom and top in bytes or more. */
export type Placed = {
  readonly key: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};

export type Direction = "up" | "down" | "left" | "right";

/** Where an arrow key leads from one thing; null where there is nothing further. */
export function stepBetween(things: readonly Placed[], from: Placed, direction: Direction): Placed | null {
  let best: { thing: Placed; far: number } | null = null;
  for (const thing of things) {
    if (thing.key === from.key) continue;
    const far = distance(thing, from, direction);
    if (far !== null && (best === null || far < best.far)) best = { thing, far };
  }
  return best?.thing ?? null;
}

/** How far it is, first in the direction and then across it; null for what does not lie there. */
function distance(thing: Placed, from: Placed, direction: Direction): number | null {
  switch (direction) {
    case "up":
    case "down": {
      if (Math.min(thing.right, from.right) <= Math.max(thing.left, from.left)) return null;
      const gap = direction === "up" ? thing.bottom - from.top : from.bottom - thing.top;
      return gap < -slack ? null : Math.max(0, gap) * across + Math.abs(thing.left - from.left);
    }
    case "left":
    case "right": {
      const gap = direction === "right" ? thing.left - from.right : from.left - thing.right;
      return gap < 0 ? null : gap * across + Math.abs(thing.bottom + thing.top - from.bottom - from.top) / 2;
    }
  }
}

/** Bottoms are sums of fractions in a damped drawing. */
const slack = 1e-6;
const across = 1e15;
