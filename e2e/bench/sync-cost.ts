import type { Cluster } from "../cluster/cluster.ts";
import { amount, atMost, median, spread, told } from "./figure.ts";
import type { Figure } from "./figure.ts";
import type { Reading } from "./run-reader.ts";
import { runReader } from "./run-reader.ts";

/**
 * How long until every pod is a row, beside a bare read of the same: interleaved pairs, each reader a process of its own, since
 * neighbours on the machine and the API server's moods touch both of a pair alike. Which goes first changes from pair to pair.
 */
export async function syncCost(cluster: Cluster, pairs: number): Promise<Figure[]> {
  const kubeconfig = cluster.kubeconfig("admin");
  await runReader("bare", kubeconfig);
  const bare: Reading[] = [];
  const ours: Reading[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const which of pair % 2 === 0 ? (["bare", "ours"] as const) : (["ours", "bare"] as const)) {
      (which === "bare" ? bare : ours).push(await runReader(which, kubeconfig));
    }
  }
  const ratios = ours.map(({ milliseconds }, pair) => milliseconds / (bare[pair]?.milliseconds ?? Number.NaN));
  const times = (readings: readonly Reading[]) => readings.map(({ milliseconds }) => milliseconds);
  const work = (readings: readonly Reading[]) => median(readings.map(({ cpu }) => cpu));
  return [
    atMost({
      name: "full sync, times a bare read",
      value: median(ratios),
      most: 1.3,
      unit: "×",
      more: `${amount(Math.min(...ratios), "×")}–${amount(Math.max(...ratios), "×")} of ${pairs} pairs`,
    }),
    told("full sync of all pods", spread(times(ours), "s"), { median: median(times(ours)) }),
    told("bare read of the same", spread(times(bare), "s"), { median: median(times(bare)) }),
    told("processor time of both", `${amount(work(ours), "s")} and ${amount(work(bare), "s")}`, {
      ours: work(ours),
      bare: work(bare),
    }),
    told("pods and their bytes", `${amount(bare[0]?.objects ?? 0, "")}, ${amount(bare[0]?.bytes ?? 0, "MB")}`),
  ];
}
