import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import type { Tooltip } from "@codemirror/view";

import type { Messages } from "@/lib/i18n/en";
import { checkYaml } from "@/lib/client/schema/check-yaml";
import type { Problem } from "@/lib/client/schema/check-yaml";
import { nodeAt, propertyOf } from "@/lib/client/schema/schema-node";
import type { SchemaNode } from "@/lib/client/schema/schema-node";
import type { SchemaShelf } from "@/lib/client/schema/schema-shelf";
import { documentKindAt, yamlPlace } from "@/lib/client/schema/yaml-place";
import { visibleText } from "@/lib/shared/visible-text";

type Words = Messages["actions"]["edit"];

/** The cursor's place in its document, and what the cluster says of that document's kind. */
async function look(state: EditorState, position: number, shelf: SchemaShelf) {
  const lines = state.doc.toString().split("\n");
  const line = state.doc.lineAt(position);
  const of = documentKindAt(lines, line.number - 1);
  const schema = of && (await shelf.whenThere(of));
  return schema && { schema, line, place: yamlPlace(lines, line.number - 1, position - line.from) };
}

/** Keys that may stand here, those that have to first, or the values of a key. */
export async function completionsAt(
  context: CompletionContext,
  shelf: SchemaShelf,
  words: Words,
): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w./-]*/);
  if (!context.explicit && (word === null || word.from === word.to)) return null;
  const found = await look(context.state, context.pos, shelf);
  if (!found) return null;
  const { schema, place } = found;
  const from = word?.from ?? context.pos;
  if (place.inValue) {
    const node = nodeAt(schema, [...place.path, place.key ?? ""]);
    return node && { from, options: node.values.map((value) => ({ label: value, type: "enum" })) };
  }
  const node = nodeAt(schema, place.path);
  if (!node) return null;
  const free = Object.keys(node.properties).filter((key) => !place.siblings.includes(key));
  return {
    from,
    validFor: /^[\w./-]*$/,
    options: free.map((key) => {
      const property = propertyOf(schema, node, key);
      const required = node.required.includes(key);
      return {
        label: key,
        type: "property",
        detail: [property?.type, required ? words.required : ""].filter(Boolean).join(", "),
        info: property ? () => bubble(property) : undefined,
        boost: required ? 10 : 0,
        apply: property?.type === "object" || property?.type === "list" ? `${key}:` : `${key}: `,
      };
    }),
  };
}

/** What the cluster says about the key under the pointer. */
export async function explanationAt(state: EditorState, position: number, shelf: SchemaShelf): Promise<Tooltip | null> {
  const found = await look(state, position, shelf);
  const key = found?.place.key;
  if (!found || key == null || found.place.inValue) return null;
  const at = found.line.text.indexOf(key);
  if (position < found.line.from + at) return null;
  const parent = nodeAt(found.schema, found.place.path);
  const node = parent && propertyOf(found.schema, parent, key);
  if (!node) return null;
  const from = found.line.from + at;
  return { pos: from, end: from + key.length, above: true, create: () => ({ dom: bubble(node) }) };
}

export function findingsIn(text: string, shelf: SchemaShelf, words: Words): Diagnostic[] {
  return checkYaml(text, (of) => shelf.schema(of)).map(({ from, to, level, problem }) => {
    const end = Math.min(to, text.length);
    return { from: Math.min(from, end), to: end, severity: level, message: wordsOf(problem, words) };
  });
}

function wordsOf(problem: Problem, { findings }: Words): string {
  switch (problem.code) {
    case "syntax":
      return problem.text;
    case "noField":
      return findings.noField(problem);
    case "wantsList":
    case "wantsFields":
      return findings[problem.code];
    case "wantsType":
      return findings.wantsType(problem);
    case "wantsOneOf":
      return findings.wantsOneOf({ values: problem.values.join(", ") });
  }
}

function bubble({ type, description }: SchemaNode): HTMLElement {
  const box = document.createElement("div");
  box.className = "yaml-bubble";
  const head = box.appendChild(document.createElement("code"));
  head.textContent = type;
  const text = box.appendChild(document.createElement("p"));
  text.textContent = visibleText(description.slice(0, 1500));
  return box;
}
