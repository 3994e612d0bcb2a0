import { parseArgs } from "node:util";

import { kindList } from "../../lib/kinds/index.ts";
import { ApiServer } from "./api-server.ts";
import type { Comparison } from "./compare-table.ts";
import { compareObjects } from "./compare-table.ts";
import { fetchTable } from "./server-table.ts";

/** Compares what Stowage prints of every object of a cluster with the API server's own Table, column by column. */
export async function runTableOracle(kubeconfig: string, ids: readonly string[] = []): Promise<Comparison[]> {
  const server = await ApiServer.connect(kubeconfig);
  try {
    const comparisons: Comparison[] = [];
    for (const kind of kindList) {
      if (!kind.api || (ids.length > 0 && !ids.includes(kind.id) && !ids.includes(kind.api.resource))) continue;
      comparisons.push(compareObjects(await fetchTable(server, kind), kind));
    }
    return comparisons;
  } finally {
    server.close();
  }
}

export function describeComparison({ kind, rows, cells, differences }: Comparison): string {
  const shown = differences
    .slice(0, 20)
    .map(
      ({ object, column, ours, server }) =>
        `  ${object} ${column}: ours ${JSON.stringify(ours)}, server ${JSON.stringify(server)}`,
    );
  return [`${kind}: ${rows} rows, ${cells} cells, ${differences.length} differences`, ...shown].join("\n");
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { kubeconfig: { type: "string" }, kinds: { type: "string" } } });
  const kubeconfig = values.kubeconfig ?? process.env["KUBECONFIG"];
  if (kubeconfig === undefined) throw new Error("say which cluster: --kubeconfig FILE");
  const comparisons = await runTableOracle(kubeconfig, values.kinds?.split(",") ?? []);
  for (const comparison of comparisons) console.log(describeComparison(comparison));
  const cells = comparisons.reduce((sum, comparison) => sum + comparison.cells, 0);
  const differences = comparisons.reduce((sum, comparison) => sum + comparison.differences.length, 0);
  console.log(`total: ${cells} cells compared, ${differences} differences`);
  if (differences > 0 || cells === 0) process.exitCode = 1;
}

if (import.meta.main) await main();
