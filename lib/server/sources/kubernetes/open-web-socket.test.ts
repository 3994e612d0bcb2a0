import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, before, describe, it } from "node:test";
import type { Reader } from "./reader.ts";
import { refuseUpgrade, serveExec } from "./testing/exec-server.ts";
import type { ServedExec } from "./testing/exec-server.ts";
import type { Seen, ServerOptions, TestApiServer } from "./testing/test-api-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import type { Pair, TestAuthority } from "./testing/test-certificates.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { startConnectProxy } from "./testing/test-proxies.ts";
import type { TestTransportOptions } from "./testing/test-transport.ts";
import { asPerson, asReader, fixedReader, testTransport } from "./testing/test-transport.ts";
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

type World = { transport: Transport; seen: Seen[]; execs: ServedExec[]; server: TestApiServer };

async function world(
  server: Partial<ServerOptions> = {},
  transport: Partial<TestTransportOptions> = {},
  speaks?: readonly string[],
): Promise<World> {
  const execs: ServedExec[] = [];
  const started = await startApiServer({
    authority,
    pair: authority.server(["IP:127.0.0.1"]),
    speaks: "http/1.1",
    handle: (_, response) => answerJson(response, 200, {}),
    upgrade: serveExec((exec) => execs.push(exec), speaks),
    ...server,
  });
  servers.push(started);
  const opened = testTransport({ server: started.url, ca: authority.ca, ...transport });
  transports.push(opened);
  return { transport: opened, seen: started.seen, execs, server: started };
}

const ask = {
  path: "/api/v1/namespaces/a/pods/b/exec?command=sh&command=-c",
  protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"],
  maxMessage: 1000,
};

describe("a WebSocket to the API server", () => {
  it("never carries a person's token where the reader's certificate was presented, nor the reader's headers", async () => {
    const reader = fixedReader(
      { authorization: "Bearer readers-token", "impersonate-user": "someone", "impersonate-group": ["a", "b"] },
      readerPair,
    );
    const { transport, seen, server } = await world({}, { reader });
    for (let round = 0; round < 2; round++) {
      await transport.openSocket({ ...ask, credential: asReader });
      await transport.openSocket({ ...ask, credential: asPerson });
    }
    const [asked] = seen;
    assert.equal(asked?.url, ask.path);
    for (const request of seen) {
      const byReader = request.certificate === "reader-by-certificate";
      assert.equal(request.headers.authorization, byReader ? "Bearer readers-token" : "Bearer persons-token");
      assert.equal(request.headers["impersonate-user"], byReader ? "someone" : undefined);
      const groups = request.rawHeaders.filter((_, at) => request.rawHeaders[at - 1] === "impersonate-group");
      assert.deepEqual(groups, byReader ? ["a", "b"] : []);
      assert.equal(request.headers["user-agent"], "stowage/test");
    }
    assert.equal(seen.filter(({ certificate }) => certificate === null).length, 2);
    assert.equal(server.sockets.size, 4, "each has a connection of its own");
  });

  it("goes the same way as requests: through the proxy, with the name that the certificate must carry", async () => {
    const proxy = await startConnectProxy();
    try {
      const route = () => ({ type: "proxy", proxy: new URL(`http://127.0.0.1:${proxy.port}`) }) as const;
      const trust = { ca: () => Promise.resolve(authority.ca), serverName: "kube.test", insecure: false };
      const named = { pair: authority.server(["DNS:kube.test"]) };
      const { transport, server } = await world(named, { route, trust });
      const live = await transport.openSocket({ ...ask, credential: asPerson });
      assert.equal(live.protocol, "v5.channel.k8s.io");
      assert.deepEqual(proxy.asked, [`127.0.0.1:${server.url.port}`]);
      const wrong = await world(named, { route });
      await assert.rejects(wrong.transport.openSocket({ ...ask, credential: asPerson }), {
        code: "source-unreachable",
      });
      assert.equal(wrong.seen.length, 0);
    } finally {
      await proxy.close();
    }
  });

  it("falls back to v4, and says so of a server that speaks neither", async () => {
    const old = await world({}, {}, ["v4.channel.k8s.io"]);
    assert.equal((await old.transport.openSocket({ ...ask, credential: asReader })).protocol, "v4.channel.k8s.io");
    const other = await world({}, {}, []);
    await assert.rejects(other.transport.openSocket({ ...ask, credential: asReader }), { code: "source-refused" });
  });

  it("tells what the server answered instead, and follows no redirect", async () => {
    for (const [status, code] of [
      [400, "bad-request"],
      [403, "forbidden"],
      [404, "not-found"],
      [302, "source-refused"],
      [500, "source-refused"],
    ] as const) {
      const { transport, seen } = await world({
        upgrade: (_request, socket) => refuseUpgrade(socket, status, "no such pod", ["location: http://evil.example/"]),
      });
      await assert.rejects(transport.openSocket({ ...ask, credential: asPerson }), { code, detail: "no such pod" });
      assert.equal(seen.length, 1);
    }
    const plain = await world({ upgrade: undefined });
    await assert.rejects(plain.transport.openSocket({ ...ask, credential: asPerson }), { code: "source-refused" });
  });

  it("asks for fresh credentials of the reader's once, and for none of a person's", async () => {
    const upgrade: ServerOptions["upgrade"] = (request, socket, head) => {
      if (request.headers.authorization === "Bearer new") serveExec(() => {})(request, socket, head);
      else refuseUpgrade(socket, 401, "who are you");
    };
    const identity = (token: string) => ({ headers: { authorization: `Bearer ${token}` }, certificate: null });
    const reader: Reader = {
      current: () => Promise.resolve(identity("old")),
      refresh: () => Promise.resolve(identity("new")),
    };
    const { transport, seen } = await world({ upgrade }, { reader });
    await transport.openSocket({ ...ask, credential: asReader });
    assert.equal(seen.length, 2);
    await assert.rejects(transport.openSocket({ ...ask, credential: asPerson }), { code: "signed-out" });
    assert.equal(seen.length, 3);
  });

  it("is not opened over plain http, with a path that leads elsewhere, or with what is no token", async () => {
    const { transport, seen } = await world({ speaks: "plain" });
    await assert.rejects(transport.openSocket({ ...ask, credential: asPerson }), { code: "source-refused" });
    await assert.rejects(transport.openSocket({ ...ask, path: "/a/../b", credential: asReader }), {
      code: "bad-request",
    });
    const secure = await world();
    const credential = { type: "token", token: "a\r\nimpersonate-user: x" } as const;
    await assert.rejects(secure.transport.openSocket({ ...ask, credential }), { code: "signed-out" });
    assert.equal(seen.length + secure.seen.length, 0);
  });

  it("loses nothing that came before somebody listened, and ends with the transport", async () => {
    const { transport, execs } = await world();
    const live = await transport.openSocket({ ...ask, credential: asPerson });
    await until(() => execs.length === 1);
    execs[0]?.say(1, "early");
    const heard: string[] = [];
    live.on("message", (data) => heard.push((data as Buffer).toString()));
    live.resume();
    await until(() => heard.includes("\u0001early"));
    const closed = once(live, "close");
    transport.close();
    await closed;
    await assert.rejects(transport.openSocket({ ...ask, credential: asPerson }), { code: "source-unreachable" });
  });

  it("ends when it is called off, or when a message is longer than was said", async () => {
    const never = await world({ upgrade: () => {} });
    const stop = new AbortController();
    const opening = never.transport.openSocket({ ...ask, credential: asPerson, signal: stop.signal });
    await until(() => never.seen.length === 1);
    stop.abort(new Error("called off"));
    await assert.rejects(opening, { message: "called off" });

    const { transport, execs } = await world();
    const live = await transport.openSocket({ ...ask, credential: asPerson });
    await until(() => execs.length === 1);
    // `once` of node:events would reject by the error that comes first.
    const closed = new Promise((resolve) => live.once("close", resolve));
    live.resume();
    execs[0]?.say(1, "x".repeat(2000));
    await closed;
  });
});
