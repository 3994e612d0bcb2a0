import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** One object of a manifest, as far as tests read it. */
export type ManifestObject = {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
};

/** A file of deploy/, as it is. */
export function manifestText(name: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "deploy", name), "utf8");
}

/** The objects in a manifest; what is only a comment is none. */
export function objectsIn(text: string): ManifestObject[] {
  return [...parseAllDocuments(text)].flatMap((document) => (document.toJS() as ManifestObject | null) ?? []);
}
