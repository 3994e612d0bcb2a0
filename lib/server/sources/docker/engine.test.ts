import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";

import { Engine, isPodman } from "./engine.ts";

const docker = { ApiVersion: "1.47", MinAPIVersion: "1.24", Version: "27.5.1", Components: [{ Name: "Engine" }] };
const podman = {
  ApiVersion: "1.41",
  MinAPIVersion: "1.24",
  Version: "4.3.1",
  Platform: { Name: "linux/amd64/debian-12" },
  Components: [{ Name: "Podman Engine" }, { Name: "Conmon" }],
};

/** An engine on a socket of its own that says this of itself, and answers the rest with `answer`. */
async function engineThat(t: TestContext, version: unknown, answer: RequestListener): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "stowage-engine-"));
  const path = join(folder, "engine.sock");
  const server = createServer((request, response) =>
    request.url === "/version" ? response.end(JSON.stringify(version)) : answer(request, response),
  );
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const engine = new Engine({ type: "unix", path });
  t.after(() => {
    engine.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return engine;
}

test("an engine is called what its people call it, and Podman is told from Docker", async (t) => {
  const one = await (await engineThat(t, podman, () => undefined)).version();
  assert.deepEqual([one.product, one.api, isPodman(one)], ["Podman Engine", "1.41", true]);
  const debian = { ...docker, Platform: { Name: "" } };
  const another = await (await engineThat(t, debian, () => undefined)).version();
  assert.deepEqual([another.product, isPodman(another)], ["Engine", false]);
  const community = { ...docker, Platform: { Name: "Docker Engine - Community" } };
  assert.equal(
    (await (await engineThat(t, community, () => undefined)).version()).product,
    "Docker Engine - Community",
  );
});

test("what goes on for long keeps no connection from short questions", async (t) => {
  const engine = await engineThat(t, docker, (request, response) => {
    if (request.url?.endsWith("/events")) response.write("\n");
    else response.end("{}");
  });
  const streams = await Promise.all(Array.from({ length: 20 }, () => engine.open({ path: "/events", stream: true })));
  assert.deepEqual(await engine.json({ path: "/info", responseTimeout: 5_000 }), {});
  for (const { body } of streams) body.destroy();
});

test("what the state of a container does not allow is a conflict, by Docker's status as by Podman's word", async (t) => {
  const bodies = new Map([
    ["docker", [409, '{"message":"container is not running"}']],
    ["podman", [500, '{"cause":"container state improper","message":"can only create exec sessions","response":500}']],
    ["broken", [500, "it broke"]],
  ] as const);
  const engine = await engineThat(t, docker, (request, response) => {
    const [status, body] = bodies.get(request.url?.split("/").at(-1) as "docker") ?? [404, ""];
    response.writeHead(status).end(body);
  });
  const refused = (path: string) => engine.json({ path }).then(String, ({ code, message }) => `${code} ${message}`);
  assert.match(await refused("/docker"), /^conflict .*not running/);
  assert.match(await refused("/podman"), /^conflict .*exec sessions/);
  assert.match(await refused("/broken"), /^source-refused .*it broke/);
});
