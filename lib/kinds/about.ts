import { kindWord } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { boundText, objectIn, textIn } from "./read-object.ts";

/** Kinds without a namespace, about which some components write events that name one all the same. */
const clusterScoped: ReadonlySet<string> = new Set(["Node", "Namespace", "PersistentVolume"]);

/** The cell `about` of events from the reference to an object: `Pod/shop/web-1`, `Node/worker-1`. */
export function aboutOf(reference: JsonObject): string | null {
  const kind = textIn(reference, "kind");
  const name = textIn(reference, "name");
  if (kind === null || name === null) return null;
  const word = kindWord(textIn(reference, "apiVersion") ?? "", kind);
  const namespace = clusterScoped.has(word) ? null : textIn(reference, "namespace");
  return boundText(namespace === null ? `${word}/${name}` : `${word}/${namespace}/${name}`);
}

/** The same from an object itself. `kind` stands in for a kind that the API left out, as it does in lists. */
export function aboutObject(object: JsonObject, kind: string): string | null {
  const metadata = objectIn(object, "metadata");
  return aboutOf({
    apiVersion: object["apiVersion"],
    kind: textIn(object, "kind") ?? kind,
    name: metadata["name"],
    namespace: metadata["namespace"],
  });
}
