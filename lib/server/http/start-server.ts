import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";

import { LaunchCode } from "../access/launch-code.ts";
import type { ConsoleConfig } from "../config/parse-config.ts";
import { log } from "../log.ts";
import { createRuntime } from "../runtime.ts";
import { LiveSockets } from "../stream/live-sockets.ts";
import { addressOf, listen } from "./listen.ts";
import { trustedProxies } from "./peer.ts";
import { PassThrough } from "./pass-through/pass-through.ts";
import { hostsOf } from "./request-check.ts";
import { requestHandler } from "./request-handler.ts";
import { upgradeHandler } from "./upgrade-handler.ts";

export type RunningServer = { port: number; stop(): Promise<void> };

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
/** Requests that are under way when the server is told to stop have this long, in ms. */
const drainMs = 10_000;

/** Starts everything on the configured address and prints where it is. Throws ConfigError for a port that is taken. */
export async function startServer(config: ConsoleConfig): Promise<RunningServer> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, maxHeaderSize: 32 * 1024 });
  server.on("request", answerEarly);
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const launch = new LaunchCode();
  const sockets = new LiveSockets();
  const runtime = await createRuntime(config, port);
  // Next would answer upgrades of the server it is given, or finds; it gets one that hears only of those it is to have.
  const inner = createServer();
  const app = next({ dev: config.dev, dir: root, hostname: config.host, port, httpServer: inner });
  const state = { ready: false, stopping: false };
  const rules = { hosts: hostsOf(port, config.host, config.allowedHosts) };
  const line = () => `${addressOf(config.host, port)}${config.face === "local" ? `/?launch=${launch.current}` : "/"}\n`;
  const passThrough = new PassThrough({ rules, ...runtime.passThroughDoors });
  const handle = requestHandler({
    config,
    root,
    rules,
    runtime,
    launch,
    passThrough,
    state,
    launched: () => void process.stdout.write(line()),
    next: app.getRequestHandler(),
  });
  server.off("request", answerEarly).on("request", (request, response) => void handle(request, response));
  server.on(
    "upgrade",
    upgradeHandler({
      rules,
      trusted: trustedProxies(config.trustedProxies),
      runtime,
      sockets,
      passThrough,
      nextUpgrade: config.dev ? (...upgrade) => void inner.emit("upgrade", ...upgrade) : null,
    }),
  );
  await app.prepare();
  state.ready = true;
  runtime.warmUp();
  log.info("server.ready", { port, face: config.face, sources: runtime.sourceCount });
  const setup = await runtime.access.setupPath();
  const first =
    setup === null
      ? ""
      : `There is no admin yet. Whoever opens this link first becomes the first one (it works once, for 24 hours):\n` +
        `${addressOf(config.host, port)}${setup}\n`;
  process.stdout.write(
    `Stowage is ready. ${config.face === "local" ? "Open this link (it works once):" : "People sign in at:"}\n${line()}${first}`,
  );
  return {
    port,
    stop: async () => {
      state.stopping = true;
      sockets.close();
      const passed = passThrough.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(late);
      await passed;
      await runtime.dispose();
      await app.close();
    },
  };
}

/** The port is taken before what answers on it is put together; a request without a listener would wait for ever. */
function answerEarly(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8" }).end("Stowage is starting.\n");
}
