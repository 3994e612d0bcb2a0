import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Cluster } from "../cluster/cluster.ts";
import { postgresPrograms, startPostgres } from "../db/postgres.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";

export const password = "a plank, a crane and rain";

/** A kind of database: where a new one is, and every byte that is kept of it. */
export type Store = {
  env(): Promise<Record<string, string>>;
  bytes(env: Readonly<Record<string, string>>): Promise<Buffer>;
  stop(): Promise<void>;
};

export function sqliteStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-access-"));
  let count = 0;
  return Promise.resolve({
    env() {
      count += 1;
      return Promise.resolve({ STOWAGE_DATABASE: `sqlite:${join(folder, String(count), "stowage.db")}` });
    },
    bytes({ STOWAGE_DATABASE: address = "" }) {
      const place = join(address.slice("sqlite:".length), "..");
      // The file, what waits beside it to be written into it, and the key.
      return Promise.resolve(Buffer.concat(readdirSync(place).map((name) => readFileSync(join(place, name)))));
    },
    stop() {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

export async function postgresStore(): Promise<Store> {
  const postgres = await startPostgres();
  const key = randomBytes(32).toString("base64");
  return {
    async env() {
      return { STOWAGE_DATABASE: await postgres.address(), STOWAGE_SECRET_KEY: key };
    },
    async bytes({ STOWAGE_DATABASE: address = "" }) {
      const dump = join(postgresPrograms() ?? "", "pg_dump");
      const { stdout } = await promisify(execFile)(dump, [address], { encoding: "buffer", maxBuffer: 2 ** 28 });
      return stdout;
    },
    stop: () => postgres.stop(),
  };
}

/** A team's server on this database. */
export async function startTeam(
  cluster: Cluster,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<RunningStowage> {
  return await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team", ...args], env });
}

/** The same session under the name that another port's cookie has. */
export function cookieFor(team: RunningStowage, cookie: string): string {
  return `__Host-stowage-${team.port}=${cookie.split("=")[1] ?? ""}`;
}
