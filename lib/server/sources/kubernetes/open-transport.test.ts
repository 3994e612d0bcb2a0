import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { isStowageError } from "../../error.ts";
import type { Handler, TestApiServer } from "./testing/test-api-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import type { Pair, TestAuthority } from "./testing/test-certificates.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { startStallingProxy } from "./testing/test-proxies.ts";
import { until } from "./testing/until.ts";
import { asReader, testTransport, textOf } from "./testing/test-transport.ts";

let authority: TestAuthority;
let pair: Pair;
before(() => {
  authority = testAuthority();
  pair = authority.server(["IP:127.0.0.1", "DNS:localhost"]);
});

async function using(server: TestApiServer, test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } finally {
    await server.close();
  }
}

/** Resolves with the error that ends the body; rejects when it ends as if it were whole. */
function errorOf(body: Readable): Promise<Error> {
  return new Promise((resolve, reject) => {
    body.once("error", resolve);
    body.once("end", () => reject(new Error("the body ended as if it were whole")));
    body.resume();
  });
}

describe("over HTTP/2", () => {
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

describe("what it does not do", () => {
  it("does not follow a redirect", async () => {
    const elsewhere = await startApiServer({ speaks: "plain", handle: (_, response) => answerJson(response, 200, {}) });
    const server = await startApiServer({
      authority,
      pair,
      handle: (_, response) => answerJson(response, 307, {}, { location: elsewhere.url.href }),
    });
    after(() => elsewhere.close());
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const response = await transport.request({ method: "GET", path: "/x", credential: asReader });
      assert.equal(response.status, 307);
      assert.equal(elsewhere.seen.length, 0);
      transport.close();
    });
  });

  it("does not connect before the first request, and tells why it cannot", async () => {
    const transport = testTransport({ server: new URL("https://127.0.0.1:1"), ca: authority.ca });
    await assert.rejects(transport.request({ method: "GET", path: "/x", credential: asReader }), {
      code: "source-unreachable",
      detail: /ECONNREFUSED/,
    });
    transport.close();
  });

  it("does not wait forever for a server that accepts and is silent", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const transport = testTransport({
      server: new URL(`https://127.0.0.1:${port}`),
      ca: authority.ca,
      timings: { connect: 50 },
    });
    const asked = transport.request({ method: "GET", path: "/x", credential: asReader });
    await assert.rejects(asked, { code: "source-unreachable", detail: "no connection within 0.05 s" });
    transport.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  it("does not wait for credentials once nobody wants the answer", async () => {
    const never = new Promise<never>(() => {});
    const reader = { current: () => never, refresh: () => never };
    const transport = testTransport({ server: new URL("https://127.0.0.1:1"), reader });
    const abort = new AbortController();
    const asked = transport.request({ method: "GET", path: "/x", credential: asReader, signal: abort.signal });
    const reason = new Error("gone");
    abort.abort(reason);
    await assert.rejects(asked, reason);
    transport.close();
  });

  it("says when the server hangs up in the middle of connecting", async () => {
    const tls = createTlsServer({ ...pair, ALPNProtocols: ["h2"] }, (socket) => socket.on("error", () => {}).end());
    tls.listen(0, "127.0.0.1");
    await once(tls, "listening");
    const { port } = tls.address() as AddressInfo;
    const transport = testTransport({ server: new URL(`https://127.0.0.1:${port}`), ca: authority.ca });
    const asked = transport.request({ method: "GET", path: "/x", credential: asReader });
    await assert.rejects(asked, { code: "source-unreachable", detail: "the connection was lost" });
    transport.close();
    tls.close();
  });

  it("unpacks gzip where it was asked for, and only there", async () => {
    const { gzipSync } = await import("node:zlib");
    const server = await startApiServer({
      authority,
      pair,
      handle: (request, response) => {
        const gzip = request.headers["accept-encoding"] === "gzip";
        response.writeHead(200, gzip ? { "content-encoding": "gzip" } : {});
        response.end(gzip ? gzipSync("packed") : "plain");
      },
    });
    await using(server, async () => {
      const transport = testTransport({ server: server.url, ca: authority.ca });
      const packed = await transport.request({ method: "GET", path: "/x", credential: asReader, gzip: true });
      assert.equal(packed.headers["content-encoding"], undefined);
      assert.equal(await textOf(packed), "packed");
      assert.equal(await textOf(await transport.request({ method: "GET", path: "/x", credential: asReader })), "plain");
      transport.close();
    });
  });
});
