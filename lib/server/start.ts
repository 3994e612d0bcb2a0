import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * `npm start`: builds the pages when they are missing or old, and becomes the server. The server's flags bound the garbage that
 * waits in memory; a cluster of ten thousand pods fits well within them.
 */
const root = join(import.meta.dirname, "..", "..");
const args = process.argv.slice(2);

/** The status page's own process has no pages of the console. */
const face = args.includes("--face") ? args[args.indexOf("--face") + 1] : process.env["STOWAGE_FACE"];
const isStatusFace = args.includes("--face=status") || face === "status";

if (!isStatusFace && !args.includes("--help") && !args.includes("-h")) {
  const built = spawnSync(process.execPath, [join(root, "tools", "build.ts")], { stdio: "inherit" });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

const env: Record<string, string> & { NODE_ENV: "production" } = {
  NEXT_TELEMETRY_DISABLED: "1",
  NODE_ENV: "production",
};
for (const [name, value] of Object.entries(process.env))
  if (value !== undefined && name !== "NODE_ENV") env[name] = value;
const command = [process.execPath, "--max-semi-space-size=4", join(root, "lib", "server", "main.ts"), ...args];
// Becoming the server, rather than having it as a child, gives it the signals and spares a process.
if (typeof process.execve === "function") process.execve(process.execPath, command, env);
const served = spawnSync(process.execPath, command.slice(1), { stdio: "inherit", env });
process.exit(served.status ?? 1);
