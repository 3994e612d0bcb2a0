import type { PlanBlock, PlanColumn, StackPlan } from "@/lib/stack/stack-plan";

/** A part of a plan, in places from the left: all of it, or what stands on one layer. */
export type Part = { readonly left: number; readonly width: number };

/** What is drawn of a plan and how high. */
export type Scene = {
  readonly part: Part;
  readonly blocks: readonly PlanBlock[];
  readonly columns: readonly PlanColumn[];
  /** Layers that are there and lower than can be seen. */
  readonly thin: number;
  /** Pixels of one byte, or of one damped unit. */
  readonly scale: number;
};

/** Layers below this height are left to the table, in px. */
const visible = 0.6;
/** Blocks that are drawn at most, the largest first: a browser has to lay out each. */
const maxBlocks = 900;

/** Chooses what can be seen: within the part, within the places from `from` to `to`, and high enough. */
export function sceneOf(plan: StackPlan, part: Part, pixels: number, [from, to]: readonly [number, number]): Scene {
  const end = part.left + part.width;
  const inPart = plan.blocks.filter(({ left, width }) => left < end && left + width > part.left);
  const height = inPart.reduce((most, block) => Math.max(most, block.bottom + block.height), 0);
  const scale = height === 0 ? 0 : pixels / height;
  const high = inPart.filter((block) => block.height * scale >= visible);
  const inView = high.filter(({ left, width }) => left < to && left + width > from);
  const blocks =
    inView.length <= maxBlocks
      ? inView
      : inView.toSorted((a, b) => b.width * b.height - a.width * a.height).slice(0, maxBlocks);
  const columns = plan.columns.slice(Math.max(part.left, Math.floor(from)), Math.min(end, Math.ceil(to)));
  return { part, blocks, columns, thin: inPart.length - high.length, scale };
}

/** Where something lies in a part, for a style: shares of its width. */
export function across(part: Part, left: number, width: number): { left: string; width: string } {
  const start = Math.max(left, part.left);
  const end = Math.min(left + width, part.left + part.width);
  return { left: share((start - part.left) / part.width), width: share((end - start) / part.width) };
}

function share(part: number): string {
  return `${+(part * 100).toFixed(4)}%`;
}
