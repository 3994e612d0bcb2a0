import type { KubeObject } from "../protocol/object.ts";
import type { Kind } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { printCell } from "./print-cell.ts";

/** What the columns that kubectl has print of an object, in our order; for tests. `now` is in seconds. */
export function printedRow(kind: Kind, object: KubeObject, now: number): Record<string, string> {
  const read = readerOf(kind, kind.project(object));
  const columns = kind.columns.filter((column) => column.table !== undefined);
  return Object.fromEntries(columns.map((column) => [column.table, printCell(column, read, now)]));
}

/** `warning jobRetrying`: the level and the sentence of an object's health. */
export function healthWords(kind: Kind, object: KubeObject, now: number): string {
  const health = kind.health?.(object, now);
  return `${health?.level} ${health?.sentence.key}`;
}
