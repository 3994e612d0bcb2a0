import { parseCpu } from "../shared/cpu.ts";
import { parseQuantity } from "../shared/quantity.ts";
import { parseTimestamp } from "../shared/timestamp.ts";

/**
 * Reading JSON that anybody may have written: what is missing or of another type than asked for is null, or empty, and nothing
 * throws. Every text that goes into a row is cut to a bound here.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The most code units of one text in a row, the `…` of a cut one included. */
export const maxCellText = 1024;
/** The most code units of a message that says why something is as it is. */
export const maxReason = 300;
/** The most entries of one list in a row. */
export const maxCellList = 64;

const nothing: JsonObject = Object.freeze({});
const none: readonly unknown[] = Object.freeze([]);

/** The value as an object, an empty one if it is none: paths can be walked without a question at each step. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : nothing;
}

export function objectIn(parent: JsonObject, field: string): JsonObject {
  return asObject(parent[field]);
}

/** Whether the field is set to an object, however empty: what Go calls a pointer that is not nil. */
export function hasObject(parent: JsonObject, field: string): boolean {
  return isObject(parent[field]);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listIn(parent: JsonObject, field: string): readonly unknown[] {
  const value = parent[field];
  return Array.isArray(value) ? value : none;
}

/** The text of a field within the bound; null if it is missing, empty or no text. */
export function textIn(parent: JsonObject, field: string): string | null {
  const value = parent[field];
  return typeof value === "string" && value !== "" ? boundText(value) : null;
}

export function numberIn(parent: JsonObject, field: string): number | null {
  const value = parent[field];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function isTrue(parent: JsonObject, field: string): boolean {
  return parent[field] === true;
}

/** Seconds since the epoch. */
export function timeIn(parent: JsonObject, field: string): number | null {
  const value = parent[field];
  return typeof value === "string" ? parseTimestamp(value) : null;
}

/** Millicores. */
export function cpuIn(parent: JsonObject, field: string): number | null {
  const value = parent[field];
  return typeof value === "string" ? parseCpu(value) : null;
}

/** Bytes, or a plain count. */
export function quantityIn(parent: JsonObject, field: string): number | null {
  const value = parent[field];
  return typeof value === "string" ? parseQuantity(value) : null;
}

/** The texts of a list within the bounds. */
export function textsIn(parent: JsonObject, field: string): readonly string[] {
  const texts: string[] = [];
  for (const value of listIn(parent, field)) {
    if (texts.length === maxCellList) break;
    if (typeof value === "string" && value !== "") texts.push(boundText(value));
  }
  return texts;
}

/** Cuts a text to the bound, never through a surrogate pair. What is cut is copied: a slice would keep the whole text in memory. */
export function boundText(text: string, bound = maxCellText): string {
  if (text.length <= bound) return text;
  const end = bound - 1;
  const last = text.charCodeAt(end - 1);
  const half = last >= 0xd800 && last <= 0xdbff;
  return JSON.parse(JSON.stringify(`${text.slice(0, half ? end - 1 : end)}…`)) as string;
}

/** The first entry of a list of objects whose `name` is this. The same place is looked at first, since lists mostly agree. */
export function namedEntry(list: readonly unknown[], name: string, place: number): JsonObject | null {
  const guess = list[place];
  if (isObject(guess) && guess["name"] === name) return guess;
  if (list.length > longList) return indexOf(list).get(name) ?? null;
  for (const entry of list) if (isObject(entry) && entry["name"] === name) return entry;
  return null;
}

/** From here on a list is indexed: searching two long lists for each other's entries would take their product in time. */
const longList = 32;
const indexes = new WeakMap<readonly unknown[], ReadonlyMap<string, JsonObject>>();

function indexOf(list: readonly unknown[]): ReadonlyMap<string, JsonObject> {
  const known = indexes.get(list);
  if (known) return known;
  const index = new Map<string, JsonObject>();
  for (const entry of list) {
    const name = isObject(entry) ? entry["name"] : null;
    if (isObject(entry) && typeof name === "string" && !index.has(name)) index.set(name, entry);
  }
  indexes.set(list, index);
  return index;
}

/** The first condition of this type. */
export function conditionOf(status: JsonObject, type: string): JsonObject | null {
  for (const condition of listIn(status, "conditions")) {
    if (isObject(condition) && condition["type"] === type) return condition;
  }
  return null;
}
