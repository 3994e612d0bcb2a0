import { LineCounter, parseAllDocuments } from "yaml";

import { maxObjects } from "../../protocol/action.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, listIn, objectIn, textIn } from "../../kinds/read-object.ts";
import { StowageError } from "../error.ts";

/** One object of a text, with what names it. */
export type Document = {
  readonly object: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
};

/** Aliases may repeat what they name so often in all: a few lines could otherwise become gigabytes. */
const maxAliases = 200;

/**
 * The objects of a YAML text, those in lists too; empty documents are left out. Throws `invalid` with the line and what is wrong
 * there, `too-many` for more than a hundred.
 */
export function parseDocuments(text: string): Document[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    version: "1.2",
  });
  const found: Document[] = [];
  for (const [index, document] of ("empty" in documents ? [] : documents).entries()) {
    const [error] = document.errors;
    if (error) throw new StowageError("invalid", `line ${lines.linePos(error.pos[0]).line}: ${error.message}`);
    const begins = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    const value = plain(() => document.toJS({ maxAliasCount: maxAliases }), begins);
    if (value !== null && value !== undefined)
      found.push(...objectsIn(value, `document ${index + 1} (line ${begins})`));
    if (found.length > maxObjects)
      throw new StowageError("too-many", `the text has more than ${maxObjects} objects: apply it in parts`);
  }
  if (found.length === 0) throw new StowageError("invalid", "there is no object in the text");
  return found;
}

function plain(read: () => unknown, line: number): unknown {
  try {
    return read();
  } catch (thrown) {
    throw new StowageError("invalid", `line ${line}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function objectsIn(value: unknown, where: string): Document[] {
  const object = asObject(value);
  const apiVersion = textIn(object, "apiVersion");
  const kind = textIn(object, "kind");
  if (apiVersion === null || kind === null)
    throw new StowageError("invalid", `${where} names no apiVersion and kind: it is no object of Kubernetes`);
  if (kind.endsWith("List") && Array.isArray(object["items"]))
    return listIn(object, "items").flatMap((item, index) => objectsIn(item, `${where}, item ${index + 1}`));
  const metadata = objectIn(object, "metadata");
  const name = textIn(metadata, "name");
  if (name === null) throw new StowageError("invalid", `${where} has no metadata.name`);
  return [{ object, apiVersion, kind, name, namespace: textIn(metadata, "namespace") }];
}
