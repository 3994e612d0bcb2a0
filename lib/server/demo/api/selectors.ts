import type { KubeObject } from "../../../protocol/object.ts";
import { badRequest } from "./fault.ts";

/** A list of thousands is asked with one selector. */
const parsed = new WeakMap<URLSearchParams, ((labels: Labels) => boolean)[]>();

type Labels = Readonly<Record<string, string>>;

/**
 * Whether an object is meant by `labelSelector` (`a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b)`, comma-separated) and
 * `fieldSelector` (`path=value`). Throws 400 for what is no selector.
 */
export function selects(query: URLSearchParams, object: KubeObject): boolean {
  const labels = object.metadata?.labels ?? {};
  let terms = parsed.get(query);
  if (!terms) parsed.set(query, (terms = labelTerms(query.get("labelSelector") ?? "")));
  const byLabel = terms.every((holds) => holds(labels));
  return byLabel && fieldTerms(query.get("fieldSelector")).every((term) => hasField(object, term));
}

const key = String.raw`[A-Za-z0-9][\w./-]*`;
const set = new RegExp(String.raw`^\s*(${key})\s+(in|notin)\s+\(([^)]*)\)\s*(?:,|$)`);
const equal = new RegExp(String.raw`^\s*(${key})\s*(==|=|!=)\s*([\w.-]*)\s*(?:,|$)`);
const there = new RegExp(String.raw`^\s*(!?)\s*(${key})\s*(?:,|$)`);

function labelTerms(selector: string): ((labels: Labels) => boolean)[] {
  const terms: ((labels: Labels) => boolean)[] = [];
  for (let rest = selector; rest.trim() !== "";) {
    const found = set.exec(rest) ?? equal.exec(rest) ?? there.exec(rest);
    if (!found)
      throw badRequest(`unable to parse requirement: found '${rest.trim().slice(0, 1)}', expected: identifier`);
    terms.push(termOf(found));
    rest = rest.slice(found[0].length);
  }
  return terms;
}

function termOf([, first = "", second = "", third]: RegExpExecArray): (labels: Labels) => boolean {
  const value = (labels: Labels, name: string) => (Object.hasOwn(labels, name) ? labels[name] : undefined);
  if (third === undefined) return (labels) => (value(labels, second) === undefined) === (first === "!");
  const values = third.split(",").map((each) => each.trim());
  const wanted = second === "in" || second === "=" || second === "==";
  return (labels) => values.includes(value(labels, first) ?? "\0") === wanted;
}

function fieldTerms(selector: string | null): string[] {
  return (selector ?? "").split(",").filter((term) => term !== "");
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
