import { ConfigError } from "../config/parse-config.ts";
import { log } from "../log.ts";
import { parseReaderOptions, readerUsage } from "./reader-options.ts";
import { serveReader } from "./serve-reader.ts";
import type { Reader } from "./serve-reader.ts";

/** The reader's process, one on each node. It knows neither Next nor a database nor Kubernetes, and holds no credential of a cluster. */
async function main(): Promise<void> {
  const options = parseReaderOptions(process.argv.slice(2), process.env);
  if (options.help) {
    process.stdout.write(readerUsage());
    return;
  }
  let reader: Reader | null = null;
  const stop = (): void => {
    // A second signal is somebody who does not want to wait.
    process.once("SIGTERM", () => process.exit(1));
    if (reader === null) process.exit(0);
    void reader.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  reader = await serveReader(options);
  log.info("reader.listening", {
    host: options.host,
    port: reader.port,
    socket: options.socket,
    signed: options.secret !== null,
  });
}

main().catch((thrown: unknown) => {
  const told = thrown instanceof ConfigError ? thrown.message : null;
  process.stderr.write(`${told ?? (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))}\n`);
  process.exit(told === null ? 1 : 2);
});
