import { filterTerm } from "../shared/filter-term.ts";
import { nameOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { objectIn, textIn } from "./read-object.ts";

/** The filter for what belongs to this object of `kind`, as `Kind/name`: its own objects, or the pods whose workload it is. */
export function ownedBy(object: JsonObject, kind: string, key: "owner" | "workload" = "owner"): string | null {
  const metadata = objectIn(object, "metadata");
  const name = nameOf(metadata);
  const namespace = textIn(metadata, "namespace");
  return name === null || namespace === null
    ? null
    : `${filterTerm(key, `${kind}/${name}`)} ${filterTerm("ns", namespace)}`;
}
