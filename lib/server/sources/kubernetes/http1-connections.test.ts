import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { errorOf } from "./testing/error-of.ts";
import { until } from "./testing/until.ts";
import type { Handler } from "./testing/test-api-server.ts";
import { answerJson, startApiServer, using } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asReader, testTransport, textOf } from "./testing/test-transport.ts";

const authority = testAuthority();
const pair = authority.server(["IP:127.0.0.1"]);

describe("over HTTP/1.1", () => {
  for (const speaks of ["http/1.1", "plain"] as const) {
    it(`answers on kept-alive connections (${speaks})`, async () => {
      const server = await startApiServer({
        authority,
        pair,
        speaks,
        handle: (request, response) => answerJson(response, 200, { path: request.url }),
      });
      await using(server, async () => {
        const transport = testTransport({ server: server.url, ca: authority.ca });
        for (let index = 0; index < 5; index++) {
          const response = await transport.request({ method: "GET", path: `/n/${index}`, credential: asReader });
          assert.equal(await textOf(response), `{"path":"/n/${index}"}`);
        }
        assert.equal(server.sockets.size, 1);
        assert.equal(server.seen[0]?.version, "1.1");
        assert.equal(server.seen[0]?.headers.host, server.url.host);
        transport.close();
      });
    });
  }

  it("holds more watches than HTTP/2 has streams, and cancels by closing the socket", async () => {
    let closed = 0;
    const server = await startApiServer({
      authority,
      pair,
      speaks: "http/1.1",
      handle: (request, response) => {
        request.on("close", () => (closed += 1));
        response.writeHead(200);
        response.write("first\n");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca, timings: { idle: 30 } });
      const abort = new AbortController();
      const reason = new Error("enough");
      const watches = await Promise.all(
        Array.from({ length: 120 }, () =>
          transport.request({ method: "GET", path: "/w", credential: asReader, signal: abort.signal }),
        ),
      );
      const failed = watches.map(({ body }) => errorOf(body));
      await pause(100);
      assert.equal(closed, 0, "a silent stream is no idle socket");
      abort.abort(reason);
      assert.ok((await Promise.all(failed)).every((error) => error === reason));
      await until(() => closed === 120);
      assert.equal(closed, 120);
      transport.close();
    });
  });

  it("tries again when a kept-alive socket was closed meanwhile", async () => {
    const server = await startApiServer({
      authority,
      pair,
      speaks: "http/1.1",
      handle: (_, response) => answerJson(response, 200, {}),
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      await textOf(await transport.request({ method: "GET", path: "/1", credential: asReader }));
      for (const socket of server.sockets) socket.destroy();
      assert.equal((await transport.request({ method: "GET", path: "/2", credential: asReader })).status, 200);
      transport.close();
    });
  });

  it("offers HTTP/2 again after a while", async () => {
    const handle: Handler = (_, response) => answerJson(response, 200, {});
    const old = await startApiServer({ authority, pair, speaks: "http/1.1", handle });
    const transport = testTransport({ server: old.url, ca: authority.ca, timings: { http1: 1 } });
    const ask = async () => await textOf(await transport.request({ method: "GET", path: "/x", credential: asReader }));
    await ask();
    await old.close();
    const server = await startApiServer({ authority, pair, handle, port: Number(old.url.port) });
    await using(server, async () => {
      await pause(5);
      await ask();
      assert.deepEqual(
        server.seen.map(({ version }) => version),
        ["2.0"],
      );
      transport.close();
    });
  });

  it("errors a body that the connection's loss cut short", async () => {
    const server = await startApiServer({
      speaks: "plain",
      handle: (_, response) => void response.writeHead(200).write("first\n"),
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url });
      const watch = await transport.request({ method: "GET", path: "/w", credential: asReader });
      const failed = errorOf(watch.body);
      for (const socket of server.sockets) socket.destroy();
      assert.match((await failed).message, /aborted|ECONNRESET/);
      transport.close();
    });
  });
});
