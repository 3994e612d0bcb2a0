import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import { sendRequest } from "../server/send-request.ts";

const root = join(import.meta.dirname, "..", "..");
const start = join(root, "lib", "server", "start.ts");
const token = "bench-start-token";
const longest = 60_000;

/** Builds the pages if they are missing or old: that belongs to no start. */
export async function bringBuildUpToDate(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "tools", "build.ts")], { timeout: 600_000 });
}

/** From the start of the process that `npm start` runs, with a current build, to a page of pods that has rows, in ms. */
export async function startCost(cluster: Cluster): Promise<number> {
  const port = await freePort();
  const own = {
    HOME: "/nonexistent",
    KUBECONFIG: cluster.kubeconfig("admin"),
    STOWAGE_TOKEN: token,
    STOWAGE_DATABASE: "sqlite::memory:",
  };
  const env = { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" as const, ...own };
  const began = performance.now();
  const child = spawn(process.execPath, [start, "--port", String(port), "--log-level", "warn"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const exited = once(child, "exit");
  try {
    await Promise.race([saysReady(child.stdout), exited, sleep(longest)]);
    while (performance.now() - began < longest) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} instead of serving`);
      if (await hasRows(port)) return performance.now() - began;
      await sleep(20);
    }
    throw new Error(`no rows within ${longest / 1000} s`);
  } finally {
    child.kill("SIGTERM");
    const late = setTimeout(kill, 15_000);
    await exited;
    clearTimeout(late);
    process.off("exit", kill);
  }
}

/** As somebody who waits for the link: before it is printed there is nothing to open. */
async function saysReady(stdout: Readable): Promise<void> {
  for await (const line of createInterface({ input: stdout })) if (line.startsWith("http://")) return;
}

/** Whether the page of pods comes, and with rows in it: its data is JSON in a string of a script. */
async function hasRows(port: number): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}`, accept: "text/html" };
  const answer = await sendRequest(port, "/pods", { headers }).catch(() => null);
  return answer?.status === 200 && answer.text.includes('\\"rows\\":[[');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
