import assert from "node:assert/strict";
import { once } from "node:events";
import { Readable } from "node:stream";
import { afterEach, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { ServerOptions, TestApiServer } from "./testing/test-api-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import type { Pair, TestAuthority } from "./testing/test-certificates.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asPerson, asReader, fixedReader, testTransport, textOf } from "./testing/test-transport.ts";
import { until } from "./testing/until.ts";
import type { Transport } from "./transport.ts";

let authority: TestAuthority;
let readerPair: Pair;
before(() => {
  authority = testAuthority();
  readerPair = authority.client("reader-by-certificate", "system:masters");
});

const servers: TestApiServer[] = [];
const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  for (const server of servers.splice(0)) await server.close();
});

async function world(server: Partial<ServerOptions>): Promise<{ transport: Transport; server: TestApiServer }> {
  const handle: ServerOptions["handle"] = (_, response) => answerJson(response, 403, { kind: "Status" });
  const started = await startApiServer({ authority, pair: authority.server(["IP:127.0.0.1"]), handle, ...server });
  servers.push(started);
  const reader = fixedReader({ "impersonate-user": "somebody" }, readerPair);
  const transport = testTransport({ server: started.url, ca: authority.ca, reader });
  transports.push(transport);
  return { transport, server: started };
}

const tunnel = { method: "POST", path: "/api/v1/namespaces/a/pods/b/exec?command=sh", protocol: "SPDY/3.1" };

/** Upgrades and says back what it hears. */
const echo: ServerOptions["upgrade"] = (_, socket) => {
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4\r\n\r\nfirst",
  );
  socket.pipe(socket);
};

describe("a tunnel to the API server", () => {
  it("carries bytes both ways, with what came behind the head", async () => {
    const { transport, server } = await world({ speaks: "http/1.1", upgrade: echo });
    const headers = { "x-stream-protocol-version": "v4" };
    const opened = await transport.openTunnel({ ...tunnel, headers, credential: asPerson, agent: "kubectl/v1" });
    assert.ok(opened.type === "open");
    assert.equal(opened.headers["x-stream-protocol-version"], "v4");
    let heard = opened.head.toString();
    opened.socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    opened.socket.write(" second");
    await until(() => heard === "first second");
    const [seen] = server.seen;
    assert.deepEqual(
      [seen?.method, seen?.headers["authorization"], seen?.certificate],
      ["POST", "Bearer persons-token", null],
    );
    assert.equal(seen?.headers["impersonate-user"], undefined);
    assert.equal(seen?.headers["user-agent"], "kubectl/v1 stowage/test");
    opened.socket.destroy();
  });

  it("gives another answer as it is, and takes no header that says who asks", async () => {
    const { transport } = await world({ speaks: "http/1.1" });
    const opened = await transport.openTunnel({ ...tunnel, credential: asReader });
    assert.ok(opened.type === "answer");
    assert.deepEqual([opened.answer.status, await textOf(opened.answer)], [403, '{"kind":"Status"}']);
    for (const name of ["authorization", "Impersonate-User", "x-remote-user", "connection"])
      await assert.rejects(transport.openTunnel({ ...tunnel, headers: { [name]: "x" }, credential: asPerson }), {
        code: "bad-request",
      });
  });

  it("ends with its signal, and with the source", async () => {
    const { transport } = await world({ speaks: "http/1.1", upgrade: echo });
    const stop = new AbortController();
    const first = await transport.openTunnel({ ...tunnel, credential: asPerson, signal: stop.signal });
    const second = await transport.openTunnel({ ...tunnel, credential: asPerson });
    assert.ok(first.type === "open" && second.type === "open");
    const closed = [once(first.socket, "close"), once(second.socket, "close")];
    stop.abort(new Error("no more"));
    await closed[0];
    transport.close();
    await closed[1];
  });
});

for (const speaks of ["h2", "http/1.1"] as const) {
  describe(`a body that is a stream, over ${speaks}`, () => {
    const say: ServerOptions["handle"] = (request, response) => {
      let length = 0;
      request.on("data", (chunk: Buffer) => (length += chunk.length));
      request.on("end", () => answerJson(response, 200, { length }));
    };

    it("arrives whole, with backpressure", async () => {
      const { transport } = await world({ speaks, handle: say });
      const body = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024)));
      const answer = await transport.request({ method: "POST", path: "/x", credential: asPerson, body });
      assert.deepEqual(JSON.parse(await textOf(answer)), { length: 4 * 1024 * 1024 });
    });

    it("that breaks off breaks the request off", async () => {
      const { transport } = await world({ speaks, handle: say });
      const body = new Readable({ read: () => undefined }).on("error", () => undefined);
      body.push("half");
      const asked = transport.request({ method: "POST", path: "/x", credential: asPerson, body });
      setImmediate(() => body.destroy(new Error("torn")));
      await assert.rejects(asked, /torn/);
    });
  });
}

describe("an encoding that the caller asks for", () => {
  it("is left as it comes", async () => {
    const packed = gzipSync("{}");
    const handle: ServerOptions["handle"] = (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
      response.end(packed);
    };
    const { transport } = await world({ handle });
    const headers = { "accept-encoding": "gzip" };
    const answer = await transport.request({ method: "GET", path: "/x", credential: asPerson, headers });
    assert.equal(answer.headers["content-encoding"], "gzip");
    const unpacked = await transport.request({ method: "GET", path: "/x", credential: asPerson, gzip: true });
    assert.equal(await textOf(unpacked), "{}");
    answer.body.destroy();
  });
});
