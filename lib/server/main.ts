import { ConfigError, parseConfig, usage } from "./config/parse-config.ts";
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
  const { startServer } = await import("./http/start-server.ts");
  const server = await startServer(config);
  const stop = (signal: NodeJS.Signals) => {
    // A second signal is somebody who does not want to wait.
    process.once(signal, () => process.exit(1));
    log.info("server.stopping", { signal });
    void server.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

process.on("unhandledRejection", (reason) => {
  log.error("process.unhandled", {
    message: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
  });
});

main().catch((thrown: unknown) => {
  const known = thrown instanceof ConfigError;
  process.stderr.write(
    `${known ? thrown.message : thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`,
  );
  process.exit(known ? 2 : 1);
});
