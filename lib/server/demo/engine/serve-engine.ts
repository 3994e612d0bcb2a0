import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { readText } from "../api/read-body.ts";
import { containerRoutes } from "./container-routes.ts";
import { engineStory, liveOn } from "./engine-story.ts";
import type { EngineWorld } from "./engine-world.ts";
import { Execs } from "./exec.ts";
import { EngineFault } from "./fault.ts";
import { imageRoutes } from "./image-routes.ts";
import { api } from "./host.ts";
import { readRoutes } from "./read-routes.ts";
import type { Asked, Route } from "./route.ts";

export type ServedEngine = {
  readonly url: string;
  /** Names of images that are on its disk. */
  readonly images: () => string[];
  close(): void;
};

const stepMs = 500;

/** Serves a container engine over Docker's API on a loopback port of its own. */
export async function serveEngine(seed: number, isPushed: (name: string) => boolean): Promise<ServedEngine> {
  const world = engineStory(seed, Date.now);
  const execs = new Execs(world);
  const routes = [...readRoutes, ...execs.routes, ...containerRoutes, ...imageRoutes(isPushed)];
  const server = createServer((request, response) => {
    handle(request, response, world, routes).catch((thrown: unknown) => fail(response, thrown));
  });
  execs.listen(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const living = setInterval(() => liveOn(world), stepMs);
  living.unref();
  return {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    images: () => [...world.images.values()].flatMap(({ names }) => [...names]),
    close: () => {
      clearInterval(living);
      server.close();
      server.closeAllConnections();
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  world: EngineWorld,
  routes: readonly Route[],
): Promise<void> {
  response.setHeader("api-version", api.newest);
  response.setHeader("server", "Docker/Demo (linux)");
  const url = new URL(request.url ?? "/", "http://engine");
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, "");
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const text = method === "GET" ? "" : await readText(request);
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (!found) continue;
    const words = found.slice(1).map((word) => decodeURIComponent(word ?? ""));
    const asked: Asked = { world, request, response, query: url.searchParams, words, body: parsed(text) };
    return send(response, await route.answer(asked));
  }
  if (
    /^\/(?:swarm|services|nodes|tasks|secrets|configs|build|commit|plugins|session|grpc|auth|distribution)\b/.test(path)
  )
    throw new EngineFault(501, "the demo's engine has no swarm, no plugins and builds nothing");
  if (
    /^\/(?:containers\/[^/]+\/(?:attach|archive|export|update|resize)|images\/(?:load|get|.+\/(?:push|get)))\b/.test(
      path,
    )
  )
    throw new EngineFault(501, "the demo's engine does not do that");
  throw new EngineFault(404, "page not found");
}

function parsed(text: string): Asked["body"] {
  if (text === "") return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    throw new EngineFault(400, "invalid JSON");
  }
}

function send(response: ServerResponse, answer: object | number | void): void {
  if (answer === undefined || response.writableEnded) return;
  if (typeof answer === "number") return void response.writeHead(answer).end();
  const body = JSON.stringify(answer);
  response.writeHead(response.statusCode, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function fail(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || !(thrown instanceof EngineFault)) return void response.destroy();
  const body = JSON.stringify({ message: thrown.message });
  response.writeHead(thrown.status, { "content-type": "application/json" }).end(body);
}
