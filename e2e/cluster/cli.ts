import { parseArgs } from "node:util";
import { ensureBinaries } from "./binaries.ts";
import { churn } from "./churn.ts";
import { attachCluster, startCluster } from "./cluster.ts";
import { ensureDebianPackages } from "./debian-packages.ts";
import { identities, isIdentity } from "./identities.ts";
import type { ClusterOptions } from "./options.ts";
import { clusterStatus, printStatus } from "./status.ts";

const usage = `usage: npm run cluster -- <verb> [options]

  up          start the cluster, or what is missing of it
  down        stop it; --wipe removes its state too
  reset       wipe the world and start again
  status      what runs (exit code 1 when something does not); --json
  kubeconfig  print the path of a kubeconfig; --as ${identities.join("|")}
  churn       change fake pods and nodes; --rate 100 --seconds 60
  build       build the binaries only

options
  --name NAME               which cluster (default dev)
  --fake-nodes N            KWOK nodes
  --fake-pods N             pods on them
  --no-node, --node         without or with the real node, engine and registry
  --no-seed, --seed         without or with workloads
  --feature-gates A=true,B=false   for the API server`;

const parse = (argv: string[]) =>
  parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      name: { type: "string", default: "dev" },
      "fake-nodes": { type: "string" },
      "fake-pods": { type: "string" },
      "no-node": { type: "boolean" },
      node: { type: "boolean" },
      "no-seed": { type: "boolean" },
      seed: { type: "boolean" },
      "feature-gates": { type: "string" },
      as: { type: "string", default: "admin" },
      wipe: { type: "boolean" },
      json: { type: "boolean" },
      rate: { type: "string", default: "100" },
      seconds: { type: "string", default: "60" },
      help: { type: "boolean", short: "h" },
    },
  });

type Flags = ReturnType<typeof parse>["values"];

function count(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`--${flag} wants a number, not "${text}"`);
  return Number(text);
}

function gates(text: string | undefined): Record<string, boolean> | undefined {
  if (text === undefined) return undefined;
  const pairs = text
    .split(",")
    .filter(Boolean)
    .map((pair) => pair.split("="));
  return Object.fromEntries(pairs.map(([gate, on]) => [gate ?? "", on !== "false"]));
}

/** `--no-x` and `--x` and neither: false, true, as last time. */
function toggle(on: boolean | undefined, off: boolean | undefined): boolean | undefined {
  return off ? false : on;
}

function optionsOf(flags: Flags): ClusterOptions {
  return {
    name: flags.name,
    fakeNodes: count("fake-nodes", flags["fake-nodes"]),
    fakePods: count("fake-pods", flags["fake-pods"]),
    node: toggle(flags.node, flags["no-node"]),
    seed: toggle(flags.seed, flags["no-seed"]),
    featureGates: gates(flags["feature-gates"]),
  };
}

const verbs: Record<string, (flags: Flags) => Promise<void>> = {
  async up(flags) {
    const cluster = await startCluster(optionsOf(flags));
    console.log(cluster.kubeconfig());
  },
  async down(flags) {
    const cluster = await attachCluster(flags.name);
    await cluster.down({ wipe: flags.wipe });
  },
  async reset(flags) {
    const options = {
      ...(await attachCluster(flags.name).then(
        (cluster) => cluster.plan.options,
        () => ({}),
      )),
    };
    await attachCluster(flags.name).then(
      (cluster) => cluster.down({ wipe: true }),
      () => {},
    );
    const stated = Object.fromEntries(Object.entries(optionsOf(flags)).filter(([, value]) => value !== undefined));
    const cluster = await startCluster({ ...options, ...stated });
    console.log(cluster.kubeconfig());
  },
  async kubeconfig(flags) {
    if (!isIdentity(flags.as)) throw new Error(`--as takes ${identities.join(", ")}`);
    console.log((await attachCluster(flags.name)).kubeconfig(flags.as));
  },
  async status(flags) {
    const cluster = await attachCluster(flags.name);
    const status = await clusterStatus(cluster);
    console.log(flags.json ? JSON.stringify(status, null, 2) : printStatus(status));
    if (!status.healthy) process.exitCode = 1;
  },
  async churn(flags) {
    const api = (await attachCluster(flags.name)).api("seeder");
    const abort = new AbortController();
    process.once("SIGINT", () => abort.abort());
    process.once("SIGTERM", () => abort.abort());
    const { rate, seconds } = flags;
    const summary = await churn(api, {
      rate: count("rate", rate) ?? 0,
      seconds: count("seconds", seconds) ?? 0,
      signal: abort.signal,
    });
    api.close();
    console.log(
      `churn: ${summary.writesPerSecond.toFixed(1)} writes/s over ${summary.seconds.toFixed(1)} s: ${summary.statusPatches} pod statuses, ` +
        `${summary.labelPatches} labels, ${summary.deletions} deletions, ${summary.heartbeats} node heartbeats, ${summary.missed} missed`,
    );
  },
  async build(flags) {
    const withNode = !flags["no-node"];
    await ensureDebianPackages(false);
    await ensureBinaries({ withNode });
  },
};

async function main(argv: string[]): Promise<void> {
  const { values: flags, positionals } = parse(argv);
  const verb = positionals[0];
  const run = verb === undefined ? undefined : verbs[verb];
  if (!run || flags.help) {
    console.error(usage);
    process.exitCode = flags.help ? 0 : 2;
    return;
  }
  await run(flags);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
