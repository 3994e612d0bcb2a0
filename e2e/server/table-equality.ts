import type { Kind } from "../../lib/kinds/kind.ts";
import type { SourceState } from "../../lib/protocol/query.ts";
import { sleep } from "../cluster/wait-until.ts";
import type { ApiServer } from "../oracle/api-server.ts";
import { compareRows } from "../oracle/compare-table.ts";
import type { AnswerRow, Comparison } from "../oracle/compare-table.ts";
import { fetchTable } from "../oracle/server-table.ts";
import type { RunningStowage } from "./start-stowage.ts";

export type QueryAnswer = { total: number; rows: AnswerRow[]; sources: SourceState[] };

/** Every column that may be asked for. */
export function columnIds(kind: Kind): string[] {
  return kind.columns.filter((column) => column.show !== "internal").map((column) => column.id);
}

/** The most rows that one answer holds. */
const pageRows = 5000;

/** All rows of a kind with all its columns, as a script reads them: page by page. */
export async function queryAll(stowage: RunningStowage, kind: Kind, bearer?: string, more = ""): Promise<QueryAnswer> {
  const question = `/api/query?kind=${kind.id}&count=${pageRows}&columns=${columnIds(kind).join(",")}${more}`;
  const whole = await stowage.json<QueryAnswer>(question, bearer);
  while (whole.rows.length < whole.total) {
    const next = await stowage.json<QueryAnswer>(`${question}&start=${whole.rows.length}`, bearer);
    if (next.rows.length === 0) break;
    whole.rows.push(...next.rows);
  }
  return whole;
}

/** Compares what scripts read of a kind with what kubectl would print of it now. */
async function compareWithTable(
  stowage: RunningStowage,
  server: ApiServer,
  kind: Kind,
  more = "",
): Promise<Comparison> {
  const began = performance.now();
  const [answer, table] = await Promise.all([queryAll(stowage, kind, undefined, more), fetchTable(server, kind)]);
  return compareRows(answer.rows, table, kind, 2 + (performance.now() - began) / 1000);
}

/**
 * Waits until every kind is equal to the API server's Table, column by column, and gives the seconds that it took. Both sides go on
 * living while they are read: equal once is equal. Throws with the differences that stayed.
 */
export async function untilEqual(
  stowage: RunningStowage,
  server: ApiServer,
  kinds: readonly Kind[],
  { seconds = 15, more = "" } = {},
): Promise<{ seconds: number; cells: number }> {
  const began = performance.now();
  let cells = 0;
  for (const kind of kinds) {
    for (;;) {
      const comparison = await compareWithTable(stowage, server, kind, more);
      if (comparison.differences.length === 0) {
        cells += comparison.cells;
        break;
      }
      if (performance.now() - began > seconds * 1000) {
        const shown = JSON.stringify(comparison.differences.slice(0, 5));
        throw new Error(`${kind.id}: ${comparison.differences.length} differences after ${seconds} s: ${shown}`);
      }
      await sleep(200);
    }
  }
  return { seconds: (performance.now() - began) / 1000, cells };
}
