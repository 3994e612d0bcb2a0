import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "./testing/until.ts";
import { answerJson, startApiServer, using } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asReader, testTransport, textOf } from "./testing/test-transport.ts";

const authority = testAuthority();
const pair = authority.server(["IP:127.0.0.1"]);

describe("requests over HTTP/2", () => {
  it("answers many requests on one connection", async () => {
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => answerJson(response, 200, { path: request.url }),
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const texts = await Promise.all(
        Array.from({ length: 50 }, async (_, index) =>
          textOf(await transport.request({ method: "GET", path: `/api/v1/pods?n=${index}`, credential: asReader })),
        ),
      );
      assert.equal(texts[49], '{"path":"/api/v1/pods?n=49"}');
      assert.equal(server.sockets.size, 1);
      assert.equal(server.seen[0]?.version, "2.0");
      assert.equal(server.seen[0]?.headers["user-agent"], "stowage/test");
      transport.close();
    });
  });

  it("puts the path of the server's address before every request", async () => {
    const server = await startApiServer({ authority, pair, handle: (_, response) => answerJson(response, 200, {}) });
    await using(server, async () => {
      const transport = testTransport({ server: new URL("/k8s/clusters/c-1/", server.url), ca: authority.ca });
      await transport.request({ method: "GET", path: "/version", credential: asReader });
      assert.equal(server.seen[0]?.url, "/k8s/clusters/c-1/version");
      transport.close();
    });
  });

  it("sends a body once, with its length", async () => {
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => {
        let text = "";
        request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
        request.on("end", () => answerJson(response, 201, { text, length: request.headers["content-length"] }));
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const response = await transport.request({ method: "POST", path: "/api", credential: asReader, body: "{“ä”}" });
      assert.equal(response.status, 201);
      assert.deepEqual(JSON.parse(await textOf(response)), { text: "{“ä”}", length: "10" });
      transport.close();
    });
  });

  it("opens another session when the server takes no more streams, and respects what the server takes", async () => {
    const open = { now: 0, most: 0 };
    const server = await startApiServer({
      authority,
      pair,
      maxConcurrentStreams: 40,
      handle: (_, response) => {
        open.now += 1;
        open.most = Math.max(open.most, open.now);
        response.writeHead(200);
        response.write("line\n");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const watches = await Promise.all(
        Array.from({ length: 130 }, () => transport.request({ method: "GET", path: "/w", credential: asReader })),
      );
      assert.equal(watches.length, 130);
      assert.equal(open.most, 130);
      assert.equal(server.sessions.size, 4);
      transport.close();
    });
  });

  it("says busy at the bound of sessions instead of waiting", async () => {
    let closed = 0;
    const server = await startApiServer({
      authority,
      pair,
      maxConcurrentStreams: 2,
      handle: (_, response) => {
        response.stream.on("close", () => (closed += 1));
        response.writeHead(200).write("x");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const ask = () => transport.request({ method: "GET", path: "/w", credential: asReader });
      const { body } = await ask();
      for (let index = 1; index < 16; index++) await ask();
      await assert.rejects(ask(), { code: "busy" });
      body.destroy();
      // Node's server refuses a stream until it has forgotten the one before.
      await until(() => closed === 1);
      assert.equal((await ask()).status, 200);
      transport.close();
    });
  });

  it("stops the server when nobody reads, and goes on when somebody does", async () => {
    const total = 24 * 1024 * 1024;
    let accepted = 0;
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => {
        response.writeHead(200);
        if (request.url !== "/long") return void response.end("{}");
        const chunk = Buffer.alloc(64 * 1024, "x");
        const write = () => {
          while (accepted < total) {
            accepted += chunk.length;
            if (!response.write(chunk)) return void response.once("drain", write);
          }
          response.end();
        };
        write();
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const long = await transport.request({ method: "GET", path: "/long", credential: asReader });
      await pause(200);
      assert.ok(accepted < 6 * 1024 * 1024, `${accepted} bytes were sent to nobody`);
      assert.equal(
        (await transport.request({ method: "GET", path: "/short", credential: asReader })).status,
        200,
        "others are not held up",
      );
      assert.equal((await textOf(long)).length, total);
      transport.close();
    });
  });
});
