import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { parseImageReference } from "../../../shared/image-reference.ts";
import { engineSource } from "../../sources/docker/engine-source.ts";
import { Engine } from "../../sources/docker/engine.ts";
import { Pulls } from "./pulls.ts";

type Told = { url: string; auth: string | undefined };

/** Pulls from an engine in this process, which answers a pull as `create` says and has no image. */
async function withEngine(
  create: (response: ServerResponse) => void,
  work: (pulls: Pulls, start: (image: string) => ReturnType<Pulls["start"]>, told: Told[]) => Promise<void>,
  credential: ConstructorParameters<typeof Pulls>[0] = () => Promise.resolve(null),
): Promise<void> {
  const told: Told[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    if (url === "/version") response.end(JSON.stringify({ ApiVersion: "1.41", Version: "20.10.24" }));
    else if (url.startsWith("/v1.41/images/create")) {
      const auth = headers["x-registry-auth"];
      told.push({ url, auth: typeof auth === "string" ? auth : undefined });
      create(response);
    } else response.writeHead(404).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const engine = new Engine({ type: "tcp", host: "127.0.0.1", port, tls: false });
  const source = engineSource(engine, { slug: "own", title: "own" });
  const pulls = new Pulls(credential, () => 0);
  try {
    const start = (image: string) => pulls.start(source, parseImageReference(image) ?? assert.fail(image), "mina");
    await work(pulls, start, told);
  } finally {
    await pulls.dispose();
    engine.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("progress that never ends a line is refused, and the connection is let go", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const endless = (response: ServerResponse): void => {
    closed = new Promise((resolve) => response.once("close", resolve));
    const more = (): void => {
      while (!response.destroyed && response.write("x".repeat(16 * 1024)));
      response.once("drain", more);
    };
    more();
  };
  await withEngine(endless, async (pulls, start) => {
    const error = await start("web:1").ended;
    assert.equal(error?.code, "source-refused");
    assert.match(error?.detail ?? "", /longer than/);
    const [job] = pulls.list("own");
    assert.deepEqual([job?.state, job?.failure?.reason, job?.earlier], ["failed", "unreadable", false]);
    await closed;
  });
});

test("an answer that ends before the image is there is no image", async () => {
  await withEngine(
    (response) => response.end('{"status":"Pulling from web","id":"1"}\n'),
    async (pulls, start) => {
      assert.equal((await start("web:1").ended)?.code, "source-unreachable");
      assert.equal(pulls.list("own")[0]?.failure?.reason, "engine-lost");
    },
  );
});

test("so many at a time, none twice, and each of its own engine", async () => {
  await withEngine(
    (response) => response.write('{"status":"Waiting","id":"a"}\n'),
    async (pulls, start) => {
      const first = start("web");
      assert.throws(() => start("docker.io/library/web:latest"), { code: "conflict" });
      for (const image of ["web:2", "web:3", "web:4"]) start(image);
      assert.throws(() => start("web:5"), { code: "busy" });
      assert.deepEqual(pulls.list("other"), []);
      assert.throws(() => pulls.cancel("other", first.id, "mina"), { code: "not-found" });
      pulls.cancel("own", first.id, "mina");
      assert.equal((await first.ended)?.code, "gone");
      assert.throws(() => pulls.cancel("own", first.id, "mina"), { code: "not-found" });
      const second = start("web:5");
      await pulls.dispose();
      assert.match((await second.ended)?.detail ?? "", /server was stopped/);
    },
  );
});

test("those that ended are told a while, and not for ever", async () => {
  await withEngine(
    (response) => response.writeHead(404).end('{"message":"manifest for web not found"}'),
    async (pulls, start) => {
      for (let count = 0; count < 15; count += 1) assert.equal((await start("web:1").ended)?.code, "not-found");
      assert.equal(pulls.list("own").length, 10);
    },
  );
});

test("a credential goes with its registry's request, in the alphabet and with the padding that engines read", async () => {
  const asked: string[] = [];
  const find = (registry: string) => {
    asked.push(registry);
    return Promise.resolve({ type: "password", username: "mina", password: "a?>~plank" } as const);
  };
  await withEngine(
    (response) => response.writeHead(500).end("{}"),
    async (_pulls, start, told) => {
      await start("web@sha256:" + "a".repeat(64)).ended;
      const [{ url, auth } = assert.fail()] = told;
      assert.match(url, /fromImage=docker.io%2Flibrary%2Fweb&tag=sha256%3Aa{64}$/);
      assert.match(auth ?? "", /^[A-Za-z0-9_-]+=*$/);
      assert.equal((auth?.length ?? 1) % 4, 0);
      assert.deepEqual(JSON.parse(Buffer.from(auth ?? "", "base64url").toString()), {
        username: "mina",
        password: "a?>~plank",
        serveraddress: "https://index.docker.io/v1/",
      });
      assert.deepEqual(asked, ["docker.io"]);
    },
    find,
  );
});
