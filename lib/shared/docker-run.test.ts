import assert from "node:assert/strict";
import { test } from "node:test";

import { dockerRun } from "./docker-run.ts";
import type { RunSpec } from "./docker-run.ts";
import { shellCommand } from "./shell-quote.ts";

const plain: RunSpec = { command: [], env: [], ports: [], volumes: [], restart: "no", readOnly: false };
const line = (spec: Partial<RunSpec>) => shellCommand(["docker", ...dockerRun("nginx:1", { ...plain, ...spec })]);

test("what nobody asked for is not there", () => {
  assert.equal(line({}), "docker run --detach nginx:1");
});

test("everything that can be asked for has its word, and each is one word for a shell", () => {
  const said = line({
    name: "web",
    command: ["sh", "-c", 'echo "it\'s $HOME"; sleep 1'],
    env: [{ name: "GREETING", value: "a b; rm -rf /" }],
    ports: [
      { container: 80, host: 8080, protocol: "tcp" },
      { container: 53, protocol: "udp" },
      { container: 81, host: 8081, address: "127.0.0.1", protocol: "tcp" },
      { container: 82, address: "::1", protocol: "tcp" },
    ],
    volumes: [
      { name: "data", path: "/data", readOnly: false },
      { name: "conf", path: "/etc/my conf", readOnly: true },
    ],
    network: "till",
    restart: "unless-stopped",
    memory: 64 * 1024 * 1024,
    cpus: 0.5,
    user: "1000:1000",
    readOnly: true,
  });
  assert.equal(
    said,
    [
      "docker run --detach --name=web '--env=GREETING=a b; rm -rf /'",
      "--publish=8080:80/tcp --publish=53/udp --publish=127.0.0.1:8081:81/tcp '--publish=[::1]::82/tcp'",
      "--volume=data:/data '--volume=conf:/etc/my conf:ro'",
      "--network=till --restart=unless-stopped --memory=64m --cpus=0.5 --user=1000:1000 --read-only",
      String.raw`nginx:1 sh -c 'echo "it'\''s $HOME"; sleep 1'`,
    ].join(" "),
  );
});

test("memory that is no whole number of MiB is told in bytes", () => {
  assert.equal(line({ memory: 7_000_001 }), "docker run --detach --memory=7000001b nginx:1");
});
