import { ConfigError, parseConfig, usage } from "./config/parse-config.ts";
import type { Config } from "./config/parse-config.ts";
import { isStowageError } from "./error.ts";
import { log, setLogLevel } from "./log.ts";

/** The process: reads its configuration, serves until it is told to stop, and says plainly why it cannot. */
async function main(): Promise<void> {
  process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";
  const config = parseConfig(process.argv.slice(2), process.env);
  if (config.help) {
    process.stdout.write(usage());
    return;
  }
  setLogLevel(config.logLevel);
  // React and Next choose what they are by this when they are loaded.
  Object.assign(process.env, { NODE_ENV: config.dev ? "development" : "production" });
  let server: { stop(): Promise<void> } | null = null;
  const stop = (signal: NodeJS.Signals) => {
    // A second signal is somebody who does not want to wait.
    process.once(signal, () => process.exit(1));
    log.info("server.stopping", { signal });
    // While it starts nobody is served yet.
    if (server === null) process.exit(0);
    void server.stop().then(() => process.exit(0));
  };
  // Before it starts: the first process of a container is not ended by a signal that it has no handler for.
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  server = await start(config);
}

/** Loads what the face needs and nothing else: the status page's process knows neither Next nor Kubernetes. */
async function start(config: Config): Promise<{ stop(): Promise<void> }> {
  const { face } = config;
  if (face === "status") {
    const { startStatusServer } = await import("./http/start-status-server.ts");
    return await startStatusServer(config);
  }
  const { startServer } = await import("./http/start-server.ts");
  return await startServer({ ...config, face });
}

process.on("unhandledRejection", (reason) => {
  log.error("process.unhandled", {
    message: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
  });
});

main().catch((thrown: unknown) => {
  const told = toldOf(thrown);
  process.stderr.write(`${told ?? (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))}\n`);
  process.exit(told === null ? 1 : 2);
});

/** What a person can do something about, in words; null for everything else. */
function toldOf(thrown: unknown): string | null {
  if (thrown instanceof ConfigError) return thrown.message;
  if (isStowageError(thrown) && thrown.code === "database-failed")
    return `The database cannot be used: ${thrown.detail ?? ""}\nName another with --database, as sqlite:FILE or postgres://…`;
  return null;
}
