import type { Kind } from "../../kinds/kind.ts";
import type { Described } from "../../query/describe.ts";
import { describe } from "../../query/describe.ts";
import { parse } from "../../query/parse.ts";
import { shellQuote } from "../../shared/shell-quote.ts";

export type KubectlList = {
  /** One line to paste. */
  command: string;
  /** Terms of the filter that kubectl cannot say, as typed. */
  left: string[];
};

/** Columns that the API server itself can select by. */
const fieldSelectors: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pods: { node: "spec.nodeName", phase: "status.phase", name: "metadata.name" },
  events: { type: "type", reason: "reason" },
};

/** The kubectl command that lists what a filter shows, as near as kubectl comes. `context` is the name in the kubeconfig. */
export function kubectlList(kind: Kind, q: string, context: string, wide: boolean): KubectlList {
  const api = kind.api ?? { group: "", resource: kind.derived?.from ?? kind.id, namespaced: true };
  const resource = api.group === "" ? api.resource : `${api.resource}.${api.group}`;
  const used = new Set<Described>();
  const terms = describe(parse(q), kind);

  /** The one plain value that a column is asked for, marked as said. */
  function plain(column: string): string | null {
    const found = terms.filter(
      (term) =>
        term.column === column && !term.negated && !term.problem && (term.relation === "is" || term.relation === "has"),
    );
    const [term] = found;
    const [value] = term?.values ?? [];
    if (found.length !== 1 || !term || term.values.length !== 1 || value === undefined || value.includes("*"))
      return null;
    used.add(term);
    return value;
  }

  const namespace = api.namespaced ? plain("namespace") : null;
  const label = plain("labels");
  const selectors = Object.entries(fieldSelectors[kind.id] ?? {}).flatMap(([column, field]) => {
    const value = plain(column);
    return value === null ? [] : [`${field}=${value}`];
  });
  const words = ["kubectl", "--context", shellQuote(context), "get", resource];
  if (api.namespaced) words.push(...(namespace === null ? ["-A"] : ["-n", shellQuote(namespace)]));
  if (label !== null) words.push("-l", shellQuote(label));
  if (selectors.length > 0) words.push("--field-selector", shellQuote(selectors.join(",")));
  if (wide) words.push("-o", "wide");
  return {
    command: words.join(" "),
    left: terms.filter((term) => !used.has(term)).map((term) => q.slice(term.span.start, term.span.end)),
  };
}
