import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";

/** One place where a module names another: by import, re-export, import(), type import, or a URL beside itself. */
export type ImportSite = {
  /** null when the specifier is computed, so that nobody can tell what is imported. */
  specifier: string | null;
  /** Erased before anything runs: `import type`, `export type … from`, `import("…").Name`. */
  typesOnly: boolean;
  /** `new URL("./x", import.meta.url)`: an import when x is a module, else a file that is read. */
  url: boolean;
  offset: number;
};

/** A syntax node as the parser gives it: `type`, `start`, `end` and whatever that type has. */
export type SyntaxNode = { type: string; start: number; end: number; [key: string]: unknown };

export type Module = {
  /** From the root, with forward slashes. */
  path: string;
  /** Statements of the module, top level. */
  body: SyntaxNode[];
  imports: ImportSite[];
  /** Begins with the "use client" directive. */
  useClient: boolean;
  lineOf(offset: number): number;
};

/** Reads and parses one module. Throws when it does not parse: a module that nobody could read was not checked. */
export function readModule(root: string, path: string): Module {
  const text = readFileSync(join(root, path), "utf8");
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const body = program.body as unknown as SyntaxNode[];
  const imports: ImportSite[] = [];
  for (const statement of body) {
    walk(statement, (node) => {
      const site = importSite(node);
      if (site) imports.push({ ...site, offset: node.start });
    });
  }
  return { path, body, imports, useClient: hasDirective(body, "use client"), lineOf: (offset) => lineOf(text, offset) };
}

/** Calls `visit` for the node and everything below it, parents first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** `a` of `x.a` and of `x["a"]`; null for a computed name. */
export function memberName(node: SyntaxNode): string | null {
  const property = node["property"];
  if (node.type !== "MemberExpression" || !isNode(property)) return null;
  if (node["computed"] === true) return stringOf(property);
  return typeof property["name"] === "string" ? property["name"] : null;
}

function stringOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  const quasis = node.type === "TemplateLiteral" ? (node["quasis"] as { value: { cooked: string } }[]) : [];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

function importSite(node: SyntaxNode): Omit<ImportSite, "offset"> | null {
  const named = (source: unknown, typesOnly: boolean) => ({ specifier: stringOf(source), typesOnly, url: false });
  const args = Array.isArray(node["arguments"]) ? (node["arguments"] as unknown[]) : [];
  switch (node.type) {
    case "ImportDeclaration":
      return named(node["source"], node["importKind"] === "type");
    case "ExportAllDeclaration":
      return named(node["source"], node["exportKind"] === "type");
    case "ExportNamedDeclaration":
      return node["source"] ? named(node["source"], node["exportKind"] === "type") : null;
    case "TSImportType":
      return named(node["source"], true);
    case "ImportExpression":
      return named(node["source"], false);
    case "TSExternalModuleReference":
      return named(node["expression"], false);
    case "CallExpression":
      return loadsModule(node["callee"]) ? named(args[0], false) : null;
    case "NewExpression": {
      const isUrl = isNode(node["callee"]) && node["callee"]["name"] === "URL" && isImportMeta(args[1], "url");
      const specifier = isUrl ? stringOf(args[0]) : null;
      return specifier === null ? null : { specifier, typesOnly: false, url: true };
    }
    default:
      return null;
  }
}

/** `require(…)`, `require.resolve(…)` and `import.meta.resolve(…)`. */
function loadsModule(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee["name"] === "require") return true;
  const object = callee["object"];
  return memberName(callee) === "resolve" && isNode(object) && (object["name"] === "require" || isMeta(object));
}

function isImportMeta(node: unknown, property: string): boolean {
  return isNode(node) && memberName(node) === property && isMeta(node["object"]);
}

function isMeta(node: unknown): boolean {
  return isNode(node) && node.type === "MetaProperty";
}

function hasDirective(body: SyntaxNode[], directive: string): boolean {
  return body.some((statement) => statement["directive"] === directive);
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
