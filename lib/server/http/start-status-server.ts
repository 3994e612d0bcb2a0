import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";

import type { Config } from "../config/parse-config.ts";
import { stateFolder } from "../config/state-folder.ts";
import { openToRead } from "../db/open-database.ts";
import { log } from "../log.ts";
import { PublishedReader } from "../status/published/published-reader.ts";
import { StatusSite } from "../status/site/status-site.ts";
import { addressOf, listen } from "./listen.ts";
import { standingHeaders } from "./security-headers.ts";

/** Requests that are under way when the server is told to stop have this long, in ms. */
const drainMs = 5_000;

/**
 * The status page as a process of its own: it reads one table and answers from memory. It opens no kubeconfig and no console, needs
 * no build, and goes on with what it knew when the database is gone. Throws ConfigError for a port that is taken.
 */
export async function startStatusServer(config: Config): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = stateFolder(process.env, homedir());
  const db = openToRead(config.database ?? `sqlite:${join(folder, "stowage.db")}`);
  const reader = new PublishedReader({ db, copy: config.statusCopy ?? join(folder, "status-page.json") });
  const site = new StatusSite(() => reader.published);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, maxHeaderSize: 16 * 1024 });
  server.keepAliveTimeout = 30_000;
  server.on("request", (request, response) => answer(site, request, response));
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  await reader.read();
  reader.start();
  log.info("server.ready", { port, face: config.face, known: reader.published !== null });
  process.stdout.write(`Stowage's status page is ready:\n${addressOf(config.host, port)}/status\n`);
  return {
    port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(late);
      await reader.stop();
      await db.destroy().catch(() => undefined);
    },
  };
}

function answer(site: StatusSite, request: IncomingMessage, response: ServerResponse): void {
  for (const name of headerNames) response.setHeader(name, standingHeaders[name] ?? "");
  if (site.answer(request, response)) return;
  const path = (request.url ?? "").split("?")[0];
  if (path === "/") response.writeHead(302, { location: "/status" }).end();
  else if (path === "/livez" || path === "/readyz") plain(response, 200, "ok\n");
  else plain(response, 404, "There is no such page.\n");
}

const headerNames = Object.keys(standingHeaders);

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }).end(text);
}
