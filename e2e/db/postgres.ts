import { execFile, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { waitUntil } from "../cluster/wait-until.ts";

const run = promisify(execFile);

/** Where Debian puts the server's programs, the newest version first; null when there is no server. */
export function postgresPrograms(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb"))) ?? null;
}

export type Postgres = {
  /** `postgres://…`, of a database of its own that is empty. */
  address(): Promise<string>;
  stop(): Promise<void>;
};

/** A PostgreSQL of the test's own, on a socket in a folder of its own: no port is opened. It will not run as root, so it does not. */
export async function startPostgres(): Promise<Postgres> {
  const bin = postgresPrograms();
  if (bin === null) throw new Error("no PostgreSQL server: apt-get install postgresql");
  const folder = mkdtempSync(join(tmpdir(), "stowage-postgres-"));
  const data = join(folder, "data");
  const identity = process.getuid?.() === 0 ? await identityOf("postgres") : null;
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const options = { ...identity, cwd: folder };
  await run(join(bin, "initdb"), ["-D", data, "-U", "stowage", "-A", "trust", "--no-sync"], options);
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
    { ...options, stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const psql = (statement: string) =>
    run(join(bin, "psql"), ["-h", folder, "-U", "stowage", "-d", "postgres", "-qc", statement], options);
  await waitUntil(() => psql("select 1"), { what: "PostgreSQL", timeoutSeconds: 30, everyMilliseconds: 100 });
  let count = 0;
  return {
    async address() {
      count += 1;
      await psql(`create database t${count}`);
      return `postgres://stowage@/t${count}?host=${encodeURIComponent(folder)}`;
    },
    async stop() {
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function identityOf(user: string): Promise<{ uid: number; gid: number }> {
  const number = async (flag: string) => Number((await run("id", [flag, user])).stdout);
  return { uid: await number("-u"), gid: await number("-g") };
}
