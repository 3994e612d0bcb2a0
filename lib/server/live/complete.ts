import type { Query } from "../../protocol/query.ts";
import { compareText } from "../../shared/compare.ts";
import { StowageError } from "../error.ts";
import type { LiveQueryDoors } from "./live-query.ts";
import { LiveQuery } from "./live-query.ts";
import type { Person } from "../access/person.ts";

/** Values that are offered. */
const maxValues = 20;

/** The values of one column, in the person's scope, that hold `text`, with how many rows have each; most first. */
export async function completeValues(
  person: Person,
  question: { kind: string; in: string[]; column: string; text: string },
  doors: LiveQueryDoors,
): Promise<[string, number][]> {
  const kind = doors.catalog.kind(question.kind);
  const column = kind.column.get(question.column);
  if (!column || column.show === "internal")
    throw new StowageError("bad-query", `${kind.id} has no column ${question.column}`);
  const query: Query = { kind: kind.id, in: question.in, q: "", sort: "", columns: [], start: 0, count: 0 };
  const live = await LiveQuery.open(person, query, doors);
  try {
    return countValues(live.cells(column.index), question.text.toLowerCase());
  } finally {
    live.close();
  }
}

function countValues(cells: Iterable<unknown>, wanted: string): [string, number][] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    for (const word of Array.isArray(cell) ? cell : [cell]) {
      if (typeof word === "string" && word.toLowerCase().includes(wanted))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].toSorted((a, b) => b[1] - a[1] || compareText(a[0], b[0])).slice(0, maxValues);
}
