import assert from "node:assert/strict";
import type { AddressInfo, Socket } from "node:net";
import { after, describe, it } from "node:test";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import { answerJson, startApiServer, using } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asReader, testTransport, textOf } from "./testing/test-transport.ts";

const authority = testAuthority();
const pair = authority.server(["IP:127.0.0.1"]);

it("keeps an answer that came whole before anybody read it", async () => {
  const server = await startApiServer({
    authority,
    pair,
    handle: (_, response) => answerJson(response, 201, { here: true }),
  });
  await using(server, async () => {
    const transport = testTransport({ server: server.url, ca: authority.ca });
    const response = await transport.request({ method: "POST", path: "/x", body: "{}", credential: asReader });
    await setTimeout(50);
    assert.equal(await textOf(response), '{"here":true}');
    transport.close();
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
