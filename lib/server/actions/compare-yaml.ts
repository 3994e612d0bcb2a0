import { applyPatch, createTwoFilesPatch, OMIT_HEADERS, structuredPatch } from "diff";

import { printYaml } from "../../shared/print-yaml.ts";

/** Two texts that have little in common take time by the square: then there is no diff, in ms. */
const timeout = 1_000;
const context = 3;
/** Lines around a change that have to be as they were for it to be done to another text. */
const mergeContext = 2;

export function yamlOf(value: unknown): string {
  return value === null ? "" : `${printYaml(value).join("\n")}\n`;
}

/** A unified diff of two texts without file names; "" when they are the same, null when it would take too long. */
export function textDiff(before: string, after: string): string | null {
  if (before === after) return "";
  const patch = createTwoFilesPatch("", "", before, after, undefined, undefined, {
    context,
    timeout,
    headerOptions: OMIT_HEADERS,
  });
  return patch === undefined ? null : patch;
}

export function yamlDiff(before: unknown, after: unknown): string | null {
  return textDiff(yamlOf(before), yamlOf(after));
}

/** What `base` became in `mine`, done to `theirs`; null where both changed the same lines. */
export function mergeText(base: string, mine: string, theirs: string): string | null {
  const patch = structuredPatch("", "", base, mine, undefined, undefined, { context: mergeContext, timeout });
  if (patch === undefined) return null;
  const merged = applyPatch(theirs, patch);
  return merged === false ? null : merged;
}
