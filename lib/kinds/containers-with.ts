import { filterTerm } from "../shared/filter-term.ts";
import type { Section } from "./kind.ts";
import { nameOf } from "./metadata.ts";
import { asObject, objectIn } from "./read-object.ts";

/** The containers that have an engine's object by its name, in one of their columns. */
export function containersWith(column: "networks" | "volumes"): Section {
  return {
    type: "related",
    title: "containers",
    kind: "containers",
    q: (object) => {
      const name = nameOf(objectIn(asObject(object), "metadata"));
      return name === null ? null : filterTerm(column, name);
    },
  };
}
