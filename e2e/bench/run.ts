import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { attachCluster, startCluster } from "../cluster/cluster.ts";
import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import type { Figure } from "./figure.ts";
import { machine, printMachine } from "./machine.ts";
import { measures } from "./measures.ts";
import { printTable } from "./print-table.ts";

const usage = `usage: npm run bench -- [options]

  --name NAME      the cluster, started when it does not run and then taken down again (default bench)
  --pods N         fake pods (default 10000)
  --nodes N        fake nodes (default 1000)
  --pairs N        pairs of full reads (default 9)
  --only NAMES     some of ${Object.keys(measures).join(", ")}
  --churn SECONDS  changes before anything is measured (default 20)
  --keep           leave the cluster running
  --json FILE      the figures and the machine's facts as JSON`;

const { values: flags } = parseArgs({
  options: {
    name: { type: "string", default: "bench" },
    pods: { type: "string", default: "10000" },
    nodes: { type: "string", default: "1000" },
    pairs: { type: "string", default: "9" },
    only: { type: "string", default: "" },
    churn: { type: "string", default: "20" },
    keep: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Prints what the costs are, and fails where a bound that does not depend on the machine is broken. */
async function main(): Promise<void> {
  const wanted = flags.only === "" ? Object.keys(measures) : flags.only.split(",");
  const unknown = wanted.filter((name) => !Object.hasOwn(measures, name));
  if (unknown.length > 0)
    throw new Error(`there is no ${unknown.join(", ")}; there are ${Object.keys(measures).join(", ")}`);
  const ran = await attachCluster(flags.name).then(
    (cluster) => cluster.isRunning("kube-apiserver"),
    () => false,
  );
  const options = { name: flags.name, fakeNodes: Number(flags.nodes), fakePods: Number(flags.pods), node: false };
  const cluster = ran ? await attachCluster(flags.name) : await startCluster(options);
  try {
    await stir(cluster, Number(flags.churn));
    const figures: Figure[] = [];
    for (const name of wanted) {
      process.stderr.write(`measuring ${name} …\n`);
      try {
        figures.push(...(await (measures[name] ?? (async () => []))({ cluster, pairs: Number(flags.pairs) })));
      } catch (error) {
        // What was measured is told all the same.
        process.stderr.write(
          `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
        );
        process.exitCode = 1;
      }
    }
    report(figures);
  } finally {
    if (!ran && !flags.keep) await cluster.down({ wipe: true });
  }
}

/** Pods that only ever started are too much alike. */
async function stir(cluster: Cluster, seconds: number): Promise<void> {
  if (seconds === 0) return;
  process.stderr.write(`changing pods for ${seconds} s …\n`);
  const api = cluster.api("seeder");
  await churn(api, { rate: 100, seconds });
  api.close();
  await sleep(5_000);
}

function report(figures: readonly Figure[]): void {
  const facts = machine();
  process.stdout.write(`\n${printTable(figures)}\n\n${printMachine(facts)}\n`);
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({ machine: facts, figures }, null, 2)}\n`);
  const broken = figures.filter(({ exact, verdict }) => exact && verdict === "over");
  if (broken.length > 0) process.exitCode = 1;
}

if (flags.help) process.stdout.write(`${usage}\n`);
else await main();
// A browser or a socket that is slow to close holds up nothing that was printed.
process.exit();
