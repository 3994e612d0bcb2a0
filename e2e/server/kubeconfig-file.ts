import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

type Kubeconfig = {
  clusters: { name: string; cluster: Record<string, unknown> }[];
  contexts: { name: string; context: Record<string, unknown> }[];
  users: unknown[];
  "current-context": string;
};

const folder = mkdtempSync(join(tmpdir(), "stowage-kubeconfigs-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** A copy of a kubeconfig that reaches its cluster by another address, perhaps under another name. Gives its path. */
export function kubeconfigVia(file: string, server: string, options: { ca?: Buffer; context?: string } = {}): string {
  const config = parse(readFileSync(file, "utf8")) as Kubeconfig;
  for (const { cluster } of config.clusters) {
    cluster["server"] = server;
    if (options.ca) cluster["certificate-authority-data"] = options.ca.toString("base64");
  }
  const [first] = config.contexts;
  if (options.context !== undefined && first) {
    // Merged files must not share names: the first would win.
    const name = options.context;
    const [cluster] = config.clusters;
    if (cluster) cluster.name = name;
    first.name = name;
    first.context["cluster"] = name;
    config["current-context"] = name;
  }
  count += 1;
  const path = join(folder, `${count}.yaml`);
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return path;
}
