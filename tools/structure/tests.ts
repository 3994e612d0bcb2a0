import type { Finding, Rule } from "./finding.ts";
import { isNode, memberName, walk } from "./module.ts";
import type { Module, SyntaxNode } from "./module.ts";
import { isTest } from "./source-files.ts";

const forbidden = new Map<string, Rule>([
  ["only", "test-only"],
  ["skip", "test-skip"],
  ["todo", "test-skip"],
  ["fixme", "test-skip"],
]);
const testFunctions = new Set(["test", "it", "describe", "suite"]);

/**
 * A test that is left out proves nothing, and `.only` leaves out all others. The one honest reason to skip is a part that the
 * machine lacks: `{ skip: missing("…") }` with `missing` of tools/real-parts.ts, which a run with CI=true counts as a failure.
 */
export function checkTests(module: Module): Finding[] {
  if (!isTest(module.path)) return [];
  const findings: Finding[] = [];
  const complain = (node: SyntaxNode, name: string) => {
    const rule = forbidden.get(name);
    if (!rule) return;
    const message = rule === "test-only" ? "leaves out every other test" : `skip only by { skip: missing("…") }`;
    findings.push({ path: module.path, line: module.lineOf(node.start), rule, message });
  };
  for (const statement of module.body) {
    walk(statement, (node) => {
      complain(node, memberName(node) ?? "");
      if (node.type === "CallExpression" && isTestFunction(node["callee"])) {
        for (const [name, option] of optionsOf(node)) if (!isAllowed(name, option)) complain(node, name);
      }
    });
  }
  return findings;
}

/** `test`, `test.describe`, `t.test`: anything whose name or last member is that of a test function. */
function isTestFunction(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  const name = typeof callee["name"] === "string" ? callee["name"] : memberName(callee);
  return name !== null && testFunctions.has(name);
}

function optionsOf(call: SyntaxNode): [string, SyntaxNode][] {
  const args = (call["arguments"] as unknown[]).filter(isNode).filter((node) => node.type === "ObjectExpression");
  const properties = args.flatMap((node) => (node["properties"] as unknown[]).filter(isNode));
  return properties.flatMap((property): [string, SyntaxNode][] => {
    const { key, value } = property;
    if (!isNode(key) || !isNode(value)) return [];
    return [[String(key["name"] ?? key["value"]), value]];
  });
}

function isAllowed(name: string, value: SyntaxNode): boolean {
  if (value.type === "Literal" && value["value"] === false) return true;
  if (name !== "skip") return false;
  const { left, right } = value;
  // Several parts may be needed at once.
  if (value.type === "LogicalExpression" && isNode(left) && isNode(right))
    return value["operator"] === "||" && isAllowed(name, left) && isAllowed(name, right);
  const callee = value["callee"];
  return value.type === "CallExpression" && isNode(callee) && callee["name"] === "missing";
}
