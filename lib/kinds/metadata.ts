import type { ColumnSpec } from "./kind.ts";
import { kindWord, linkToName, linkToWord, textCell } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, isTrue, listIn, maxCellList, objectIn, textIn, timeIn } from "./read-object.ts";

/** The columns that every Kubernetes object has. */
export const nameColumn = { type: "name", table: "Name", show: "standard" } as const satisfies ColumnSpec;

export const namespaceColumn = {
  type: "text",
  show: "standard",
  facet: true,
  link: linkToName("namespace", "namespaces"),
} as const satisfies ColumnSpec;

export const healthColumn = { type: "health", show: "wide", facet: true } as const satisfies ColumnSpec;
export const createdColumn = {
  type: "time",
  table: "Age",
  show: "standard",
  align: "right",
} as const satisfies ColumnSpec;
export const labelsColumn = { type: "labels", show: "filter" } as const satisfies ColumnSpec;

export const ownerColumn = {
  type: "text",
  show: "filter",
  needs: ["namespace"],
  link: linkToWord("owner"),
} as const satisfies ColumnSpec;

/** The same for kinds without a namespace. */
export const clusterOwnerColumn = {
  type: "text",
  show: "filter",
  link: linkToWord("owner"),
} as const satisfies ColumnSpec;

export function nameOf(metadata: JsonObject): string | null {
  return textIn(metadata, "name");
}

export function createdOf(metadata: JsonObject): number | null {
  return timeIn(metadata, "creationTimestamp");
}

/** `key=value` words in the order the API gave them. */
export function labelsOf(holder: JsonObject, field = "labels"): readonly string[] | null {
  const labels = objectIn(holder, field);
  const words: string[] = [];
  for (const key of Object.keys(labels)) {
    if (words.length === maxCellList) break;
    const value = labels[key];
    if (typeof value === "string") words.push(boundText(`${key}=${value}`));
  }
  return words.length === 0 ? null : words;
}

/** The owner that manages the object, null where nothing does. */
export function controllerOf(metadata: JsonObject): JsonObject | null {
  for (const entry of listIn(metadata, "ownerReferences")) {
    const reference = asObject(entry);
    if (isTrue(reference, "controller")) return reference;
  }
  return null;
}

/** `Kind/name` of a reference to an object. */
export function wordOf(reference: JsonObject): string | null {
  const kind = textIn(reference, "kind");
  const name = textIn(reference, "name");
  return kind === null || name === null
    ? null
    : boundText(`${kindWord(textIn(reference, "apiVersion") ?? "", kind)}/${name}`);
}

export function ownerOf(metadata: JsonObject): string | null {
  const controller = controllerOf(metadata);
  return controller === null ? null : wordOf(controller);
}

/** Prints a text where kubectl leaves the cell empty instead of `<none>`. */
export function printOrEmpty(column: string): NonNullable<ColumnSpec["print"]> {
  return (read) => textCell(read, column);
}
