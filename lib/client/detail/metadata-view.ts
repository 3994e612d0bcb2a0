import { asObject, objectIn } from "../../kinds/read-object.ts";
import type { KubeObject } from "../../protocol/object.ts";

/** A label or annotation. `folded`: too long to stand open among the others. */
export type WordView = { key: string; value: string; folded: boolean };

const longestOpen = 160;

export function wordsOf(object: KubeObject, field: "labels" | "annotations"): WordView[] {
  const words = objectIn(objectIn(asObject(object), "metadata"), field);
  return Object.keys(words)
    .toSorted()
    .flatMap((key) => {
      const value = words[key];
      if (typeof value !== "string") return [];
      return [{ key, value, folded: value.length > longestOpen || value.includes("\n") }];
    });
}
