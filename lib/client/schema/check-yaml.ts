import type { Document, Node } from "yaml";
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";

import type { KindSchema } from "../../protocol/action-answer.ts";
import { nodeAt } from "./schema-node.ts";

/** Something that is wrong in a text, between two offsets. */
export type Finding = {
  readonly from: number;
  readonly to: number;
  readonly level: "error" | "warning";
  readonly problem: Problem;
};

/** `syntax` is in the parser's words; the others are by the schema. */
export type Problem =
  | { readonly code: "syntax"; readonly text: string }
  | { readonly code: "noField"; readonly key: string }
  | { readonly code: "wantsList" | "wantsFields" }
  | { readonly code: "wantsType"; readonly type: string }
  | { readonly code: "wantsOneOf"; readonly values: readonly string[] };

/** What one document of a text says it is; null where it does not say. */
export type DocumentKind = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly from: number;
  readonly to: number;
};

const mostFindings = 100;

/** What is wrong by YAML's own rules, and by the schema of the document that it is for. The API server has the last word. */
export function checkYaml(text: string, schemaOf: (of: DocumentKind) => KindSchema | null): Finding[] {
  const findings: Finding[] = [];
  for (const document of documentsOf(text)) {
    for (const { pos, message } of document.errors)
      findings.push({
        from: pos[0],
        to: Math.max(pos[1], pos[0] + 1),
        level: "error",
        problem: { code: "syntax", text: message },
      });
    const of = kindOf(document);
    const schema = of && schemaOf(of);
    if (schema && document.errors.length === 0) walk(schema, document.contents, [], findings);
  }
  return findings.slice(0, mostFindings);
}

/** What the documents of a text are. */
export function documentKinds(text: string): DocumentKind[] {
  return documentsOf(text).flatMap((document) => kindOf(document) ?? []);
}

function documentsOf(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { prettyErrors: false });
  return "empty" in documents ? [] : documents;
}

function kindOf(document: Document.Parsed): DocumentKind | null {
  if (!isMap(document.contents)) return null;
  const [apiVersion, kind] = [document.contents.get("apiVersion"), document.contents.get("kind")];
  if (typeof apiVersion !== "string" || typeof kind !== "string") return null;
  return { apiVersion, kind, from: document.range[0], to: document.range[2] };
}

function walk(schema: KindSchema, node: Node | null, path: readonly string[], findings: Finding[]): void {
  if (node === null || isAlias(node) || findings.length >= mostFindings) return;
  const known = nodeAt(schema, path);
  if (known === null) return;
  if (isMap(node)) {
    if (known.type === "list") return void findings.push(wrong(node, { code: "wantsList" }));
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key) || typeof pair.key.value !== "string") continue;
      const key = pair.key.value;
      if (!known.open && !Object.hasOwn(known.properties, key))
        findings.push(wrong(pair.key, { code: "noField", key }));
      else walk(schema, pair.value as Node | null, [...path, key], findings);
    }
  } else if (isSeq(node)) {
    if (known.type === "object") return void findings.push(wrong(node, { code: "wantsFields" }));
    for (const item of node.items) walk(schema, item as Node, [...path, "[]"], findings);
  } else if (isScalar(node)) {
    const is = typeof node.value;
    const fits: Readonly<Record<string, boolean>> = {
      string: is === "string" || node.value === null,
      integer: Number.isInteger(node.value) || node.value === null,
      number: is === "number" || node.value === null,
      boolean: is === "boolean" || node.value === null,
      list: node.value === null,
      object: node.value === null,
    };
    if (fits[known.type] === false) findings.push(wrong(node, { code: "wantsType", type: known.type }));
    else if (
      known.values.length > 0 &&
      is === "string" &&
      known.type === "string" &&
      !known.values.includes(String(node.value))
    )
      findings.push(wrong(node, { code: "wantsOneOf", values: known.values }));
  }
}

function wrong(node: Node, problem: Problem): Finding {
  const [from, to] = node.range ?? [0, 1];
  return { from, to: Math.max(to, from + 1), level: "warning", problem };
}
