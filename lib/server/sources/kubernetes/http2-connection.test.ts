import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { isStowageError } from "../../error.ts";
import { errorOf } from "./testing/error-of.ts";
import { startStallingProxy } from "./testing/test-proxies.ts";
import { until } from "./testing/until.ts";
import { answerJson, startApiServer, using } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asReader, testTransport, textOf } from "./testing/test-transport.ts";

const authority = testAuthority();
const pair = authority.server(["IP:127.0.0.1"]);

describe("a connection over HTTP/2", () => {
  it("goes to a new session after GOAWAY and lets open streams finish", async () => {
    const open: { end(text: string): void }[] = [];
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => {
        response.writeHead(200);
        if (request.url === "/watch") {
          response.write("first\n");
          open.push({ end: (text) => void response.end(text) });
        } else response.end("{}");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const losses: Error[] = [];
      transport.onConnectionLost((error) => losses.push(error));
      const watch = await transport.request({ method: "GET", path: "/watch", credential: asReader });
      for (const session of server.sessions) session.goaway(0);
      await pause(50);
      assert.equal((await transport.request({ method: "GET", path: "/other", credential: asReader })).status, 200);
      assert.equal(server.sessions.size, 2);
      open[0]?.end("last\n");
      assert.equal(await textOf(watch), "first\nlast\n");
      assert.deepEqual(losses, []);
      transport.close();
    });
  });

  it("sends again what a session refused as it closed", async () => {
    let refused = 0;
    const server = await startApiServer({
      authority,
      pair,
      handle: (_, response) => {
        if (refused++ === 0) response.stream.close(7);
        else answerJson(response, 200, {});
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const response = await transport.request({ method: "POST", path: "/api", credential: asReader, body: "{}" });
      assert.equal(response.status, 200);
      assert.equal(server.seen.length, 2);
      transport.close();
    });
  });

  it("notices a peer that went silent by PING, and errors what was on it", async () => {
    const server = await startApiServer({
      authority,
      pair,
      handle: (_, response) => void response.writeHead(200).write("first\n"),
    });
    await using(server, async () => {
      const proxy = await startStallingProxy(server.url);
      const transport = testTransport({
        server: new URL(`https://127.0.0.1:${proxy.port}`),
        ca: authority.ca,
        timings: { pingEvery: 50, pingWithin: 400 },
      });
      const losses: Error[] = [];
      transport.onConnectionLost((error) => losses.push(error));
      const watch = await transport.request({ method: "GET", path: "/watch", credential: asReader });
      await pause(150);
      assert.deepEqual(losses, [], "a peer that answers is not lost");
      proxy.stall();
      const error = await errorOf(watch.body);
      assert.ok(isStowageError(error));
      assert.equal(error.code, "source-unreachable");
      assert.match(error.message, /did not answer a PING within 0.4 s/);
      await until(() => losses.length > 0);
      assert.equal(losses.length, 1);
      transport.close();
      await proxy.close();
    });
  });

  it("errors a body that the connection's loss cut short", async () => {
    const server = await startApiServer({
      authority,
      pair,
      handle: (_, response) => void response.writeHead(200).write("first\n"),
    });
    await using(server, async () => {
      for (const how of ["cut", "sockets"] as const) {
        const proxy = await startStallingProxy(server.url);
        const transport = testTransport({ server: new URL(`https://127.0.0.1:${proxy.port}`), ca: authority.ca });
        let losses = 0;
        transport.onConnectionLost(() => (losses += 1));
        const watch = await transport.request({ method: "GET", path: "/watch", credential: asReader });
        const failed = errorOf(watch.body);
        if (how === "cut") proxy.cut();
        else for (const socket of server.sockets) socket.destroy();
        const error = await failed;
        assert.ok(isStowageError(error), String(error));
        assert.equal(error.code, "source-unreachable");
        await until(() => losses > 0);
        assert.equal(losses, 1);
        transport.close();
        await proxy.close();
      }
    });
  });

  it("cancels the stream when the signal aborts, before the head and after it", async () => {
    const ended: number[] = [];
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => {
        response.stream.on("close", () => ended.push(response.stream.rstCode));
        if (request.url === "/watch") response.writeHead(200).write("first\n");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const reason = new Error("the tab was closed");
      const early = new AbortController();
      const waiting = transport.request({ method: "GET", path: "/silent", credential: asReader, signal: early.signal });
      await until(() => server.seen.length === 1);
      early.abort(reason);
      await assert.rejects(waiting, reason);
      const late = new AbortController();
      const watch = await transport.request({
        method: "GET",
        path: "/watch",
        credential: asReader,
        signal: late.signal,
      });
      late.abort(reason);
      assert.equal(await errorOf(watch.body), reason);
      const dropped = await transport.request({ method: "GET", path: "/watch", credential: asReader });
      dropped.body.destroy();
      await until(() => ended.length === 3);
      assert.equal(ended.length, 3, "the server was told of each");
      assert.equal(server.sockets.size, 1);
      await assert.rejects(
        transport.request({ method: "GET", path: "/x", credential: asReader, signal: AbortSignal.abort(reason) }),
        reason,
      );
      transport.close();
    });
  });

  it("closes a session that nobody uses", async () => {
    const server = await startApiServer({ authority, pair, handle: (_, response) => answerJson(response, 200, {}) });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca, timings: { idle: 300 } });
      let losses = 0;
      transport.onConnectionLost(() => (losses += 1));
      const ask = async () =>
        await textOf(await transport.request({ method: "GET", path: "/x", credential: asReader }));
      await ask();
      await ask();
      assert.equal(server.sockets.size, 1);
      await until(() => [...server.sessions].every((session) => session.destroyed));
      assert.ok([...server.sessions].every((session) => session.destroyed));
      await ask();
      assert.equal(server.sockets.size, 2);
      assert.equal(losses, 0);
      transport.close();
    });
  });

  it("gives up on an answer that does not come", async () => {
    const server = await startApiServer({ authority, pair, handle: () => {} });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const asked = transport.request({ method: "GET", path: "/x", credential: asReader, responseTimeout: 30 });
      await assert.rejects(asked, { code: "source-unreachable", detail: "no answer within 0.03 s" });
      transport.close();
    });
  });

  it("ends everything when it is closed", async () => {
    const server = await startApiServer({
      authority,
      pair,
      handle: (_, response) => void response.writeHead(200).write("x"),
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const watch = await transport.request({ method: "GET", path: "/x", credential: asReader });
      const failed = errorOf(watch.body);
      transport.close();
      assert.match((await failed).message, /closed/);
      await assert.rejects(transport.request({ method: "GET", path: "/x", credential: asReader }), {
        code: "source-unreachable",
      });
    });
  });
});
