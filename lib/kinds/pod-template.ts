import type { ColumnSpec } from "./kind.ts";
import { printOrEmpty } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, maxCellList, objectIn } from "./read-object.ts";

/** CONTAINERS and IMAGES of kinds that make pods. */
export const containersColumn = {
  type: "list",
  table: "Containers",
  show: "wide",
  print: printList("containers"),
} as const satisfies ColumnSpec;
export const imagesColumn = {
  type: "list",
  table: "Images",
  show: "wide",
  print: printList("images"),
} as const satisfies ColumnSpec;
export const selectorColumn = { type: "text", table: "Selector", show: "wide" } as const satisfies ColumnSpec;
export const emptySelectorColumn = { ...selectorColumn, print: printOrEmpty("selector") } as const satisfies ColumnSpec;

function printList(column: string): NonNullable<ColumnSpec["print"]> {
  return (read) => {
    const list = read(column);
    return Array.isArray(list) ? list.join(",") : "";
  };
}

/** One field of each container of the template, `""` where it is missing: kubectl keeps the places. */
export function templateTexts(spec: JsonObject, field: "name" | "image"): readonly string[] | null {
  const containers = listIn(objectIn(objectIn(spec, "template"), "spec"), "containers");
  if (containers.length === 0) return null;
  return containers.slice(0, maxCellList).map((container) => {
    const value = asObject(container)[field];
    return typeof value === "string" ? boundText(value) : "";
  });
}

/** A count that the API leaves out when it is 0. */
export function countIn(status: JsonObject, field: string): number {
  const value = status[field];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
