import type { KubeObject } from "../../../protocol/object.ts";

/** Whether an object is meant by `labelSelector` (`a=b`, `a!=b`, `a`, `!a`, comma-separated) and `fieldSelector` (`path=value`). */
export function selects(query: URLSearchParams, object: KubeObject): boolean {
  const labels = object.metadata?.labels ?? {};
  const byLabel = terms(query.get("labelSelector")).every((term) => hasLabel(labels, term));
  return byLabel && terms(query.get("fieldSelector")).every((term) => hasField(object, term));
}

function terms(selector: string | null): string[] {
  return (selector ?? "").split(",").filter((term) => term !== "");
}

function hasLabel(labels: Readonly<Record<string, string>>, term: string): boolean {
  const value = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  const unequal = term.split("!=");
  if (unequal.length === 2) return value(unequal[0] ?? "") !== unequal[1];
  const equal = term.split(/==?/);
  if (equal.length === 2) return value(equal[0] ?? "") === equal[1];
  return term.startsWith("!") ? value(term.slice(1)) === undefined : value(term) !== undefined;
}

function hasField(object: KubeObject, term: string): boolean {
  const negated = term.includes("!=");
  const [path = "", wanted = ""] = term.split(negated ? "!=" : /==?/);
  let at: unknown = object;
  for (const step of path.split("."))
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  const text = typeof at === "string" || typeof at === "number" || typeof at === "boolean" ? String(at) : "";
  return (text === wanted) !== negated;
}
