import type { HealthLevel } from "../../protocol/cell.ts";

/** Numbers come already written in the reader's way. */
type Totals = { total: string; all: string };

const levels: Record<HealthLevel, string> = {
  failing: "failing",
  warning: "warning",
  unknown: "unknown",
  starting: "starting",
  done: "done",
  ok: "ok",
};

export const table = {
  levels,
  total: ({ total }: { total: string }) => total,
  totalOf: ({ total, all }: Totals) => `${total} of ${all}`,
  provisional: "still reading",
  provisionalLong: "A source is still being read: totals and order may change until it is done.",
  rowCount: ({ total, kind }: { total: string; kind: string }) => `${total} ${kind}`,

  facetOf: ({ column }: { column: string }) => `Filter by ${column}`,
  moreValues: ({ count }: { count: string }) => `and ${count} more; the filter finds them by name`,
  restOf: ({ count, column }: { count: number; column: string }) => `${count} further values of ${column}`,
  none: "none",

  columns: "Columns",
  columnsReset: "The standard columns",
  rows: "Rows",
  comfortable: "32 px",
  compact: "28 px",
  sortBy: "Sort by",
  sort: ({ column }: { column: string }) => `Sort by ${column}`,

  terminal: "Same in the terminal",
  terminalLeft: ({ terms }: { terms: string }) => `kubectl has no way to say: ${terms}`,
  terminalSort: "kubectl sorts in another way; its own order is shown.",
  terminalDerived: "kubectl lists containers only by their pods.",

  loading: ({ kind }: { kind: string }) => `${kind} are being read`,
  moreRows: "being read",

  nothingTitle: ({ kind }: { kind: string }) => `There are no ${kind}`,
  nothingBody: ({ sources }: { sources: string }) => `${sources} answered, and has none that you may see.`,
  noMatchTitle: ({ kind }: { kind: string }) => `No ${kind} match this filter`,
  noMatchBody: ({ all }: { all: string }) => `Without it there are ${all}.`,
  clearFilter: "Clear the filter",
  forbiddenTitle: ({ kind }: { kind: string }) => `You may not list ${kind}`,
  forbiddenBody: ({ sources }: { sources: string }) =>
    `In ${sources}, listing and watching them is for others. Whoever manages access there can grant “list” and “watch” by a Role or ClusterRole.`,
  downTitle: ({ sources }: { sources: string }) => `${sources} cannot be read`,
  downBody: "Stowage keeps trying and shows the rows as soon as they come.",
  noSourceTitle: "There is nothing to read from",
  noSourceBody: "Stowage found no cluster. The overview says what it looked for and how to connect one.",
  badFilterTitle: "This filter could not be understood",
  badFilterBody: "The box above says which part, and what to write instead.",

  stale: ({ source, age }: { source: string; age: string }) => `${source} is stale: rows are as of ${age} ago.`,
  down: ({ source, age }: { source: string; age: string }) => `${source} has not answered for ${age}.`,
  forbidden: ({ source }: { source: string }) => `${source} does not let you see these.`,
  lost: ({ age }: { age: string }) =>
    `The connection to Stowage is lost: rows are as of ${age} ago. It reconnects by itself.`,
  someNamespaces: ({ source, count }: { source: string; count: number }) =>
    count === 1 ? `In ${source} you see 1 namespace.` : `In ${source} you see ${count} namespaces.`,
};
