import { lookup } from "node:dns/promises";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import { runCommand } from "../cluster/run-command.ts";
import { docker } from "./docker.ts";
import { ensureNodeImage } from "./node-image.ts";

const root = join(import.meta.dirname, "..", "..");

/** Builds deploy/Dockerfile as it is, on a Node image made here and with this machine's way to its package registry. */
export async function buildStowageImage(cluster: Cluster, name: string): Promise<void> {
  const base = await ensureNodeImage(cluster);
  const folder = mkdtempSync(join(tmpdir(), "stowage-npmrc-"));
  const npmrc = join(folder, "npmrc");
  try {
    const registry = await npmConfig("registry");
    writeFileSync(npmrc, `${await ownSettings()}\nregistry=${registry}\n`, { mode: 0o600 });
    const { hostname } = new URL(registry);
    const { address } = await lookup(hostname);
    await docker(cluster, [
      "build",
      `--file=${join(root, "deploy", "Dockerfile")}`,
      `--tag=${name}`,
      `--build-arg=NODE_IMAGE=${base}`,
      // The engine's own bridge leads nowhere; and what /etc/hosts says here is not known in a build.
      "--network=host",
      `--add-host=${hostname}:${address}`,
      `--secret=id=npmrc,src=${npmrc}`,
      root,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What this machine's own npm is configured with, beside the repository's file. */
async function ownSettings(): Promise<string> {
  const files = [await npmConfig("globalconfig"), await npmConfig("userconfig")];
  return files.map((file) => (existsSync(file) ? readFileSync(file, "utf8") : "")).join("\n");
}

async function npmConfig(key: string): Promise<string> {
  return (await runCommand("npm", ["config", "get", key], { cwd: root })).trim();
}
