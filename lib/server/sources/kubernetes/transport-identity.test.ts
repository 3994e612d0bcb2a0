import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { clientCertificate } from "./client-certificate.ts";
import type { Reader, ReaderIdentity } from "./reader.ts";
import type { Seen, ServerOptions, TestApiServer } from "./testing/test-api-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import type { Pair, TestAuthority } from "./testing/test-certificates.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import type { TestTransportOptions } from "./testing/test-transport.ts";
import { asPerson, asReader, fixedReader, testTransport } from "./testing/test-transport.ts";
import type { Transport } from "./transport.ts";

let authority: TestAuthority;
let pair: Pair;
let readerPair: Pair;
before(() => {
  authority = testAuthority();
  pair = authority.server(["IP:127.0.0.1"]);
  readerPair = authority.client("reader-by-certificate", "system:masters");
});

const servers: TestApiServer[] = [];
const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  for (const server of servers.splice(0)) await server.close();
});

async function world(
  server: Partial<ServerOptions>,
  transport: Partial<TestTransportOptions>,
): Promise<{ transport: Transport; seen: Seen[]; server: TestApiServer }> {
  const started = await startApiServer({
    authority,
    pair,
    handle: (_, response) => answerJson(response, 200, {}),
    ...server,
  });
  servers.push(started);
  const opened = testTransport({ server: started.url, ca: authority.ca, ...transport });
  transports.push(opened);
  return { transport: opened, seen: started.seen, server: started };
}

const get = { method: "GET", path: "/api" } as const;

function valuesOf(seen: Seen | undefined, name: string): string[] {
  const raw = seen?.rawHeaders ?? [];
  return raw.flatMap((value, index) => (index % 2 === 0 && value.toLowerCase() === name ? [raw[index + 1] ?? ""] : []));
}

describe("whose request it is", () => {
  for (const speaks of ["h2", "http/1.1"] as const) {
    it(`never sends a person's token where the reader's certificate was presented (${speaks})`, async () => {
      const reader = fixedReader({ authorization: "Bearer readers-token", "impersonate-user": "someone" }, readerPair);
      const { transport, seen, server } = await world({ speaks }, { reader });
      for (let round = 0; round < 3; round++) {
        (await transport.request({ ...get, credential: asReader })).body.resume();
        (await transport.request({ ...get, credential: asPerson })).body.resume();
      }
      for (const request of seen) {
        const byReader = request.certificate === "reader-by-certificate";
        assert.equal(request.headers.authorization, byReader ? "Bearer readers-token" : "Bearer persons-token");
        assert.equal(request.headers["impersonate-user"], byReader ? "someone" : undefined);
      }
      assert.equal(seen.filter(({ certificate }) => certificate === null).length, 3);
      assert.equal(server.sockets.size, 2, "people share a connection, and the reader has its own");
    });

    it(`repeats impersonation headers instead of joining them (${speaks})`, async () => {
      const reader = fixedReader({ "impersonate-user": "jane", "impersonate-group": ["developers", "a,b"] });
      const { transport, seen } = await world({ speaks }, { reader });
      await transport.request({ ...get, credential: asReader });
      assert.deepEqual(valuesOf(seen[0], "impersonate-group"), ["developers", "a,b"]);
    });
  }

  it("refuses headers that would say who asks", async () => {
    const { transport, seen } = await world({}, {});
    for (const name of [
      "Authorization",
      "impersonate-user",
      "Impersonate-Extra-scopes",
      "x-remote-user",
      "host",
      "connection",
      ":path",
      "Cookie",
    ]) {
      await assert.rejects(
        transport.request({ ...get, credential: asPerson, headers: { [name]: "x" } }),
        { code: "bad-request" },
        name,
      );
    }
    await transport.request({ ...get, credential: asPerson, headers: { accept: "text/plain" } });
    assert.equal(seen.length, 1);
    assert.equal(seen[0]?.headers.accept, "text/plain");
  });

  it("refuses a token that is none, without repeating it", async () => {
    const { transport, seen } = await world({}, {});
    for (const token of ["", "a b", "a\r\nimpersonate-user: admin", "é", "x".repeat(20_000)]) {
      await assert.rejects(transport.request({ ...get, credential: { type: "token", token } }), {
        code: "signed-out",
        detail: "that is not a bearer token",
      });
    }
    assert.equal(seen.length, 0);
  });

  it("refuses paths that could leave the server's own", async () => {
    const { transport, seen } = await world({}, {});
    for (const path of [
      "api",
      "//evil",
      "/a/../b",
      "/a/%2e%2E/b",
      "/a/./b",
      "/a\\b",
      "/a b",
      "/a\nb",
      "/a#b",
      "https://evil/",
    ]) {
      await assert.rejects(
        transport.request({ method: "GET", path, credential: asReader }),
        { code: "bad-request" },
        path,
      );
    }
    assert.equal(seen.length, 0);
    await transport.request({ method: "GET", path: "/a/b%2Fc:d?x=../y&z=%20", credential: asReader });
    assert.equal(seen[0]?.url, "/a/b%2Fc:d?x=../y&z=%20");
  });

  it("sends no credentials over plain http unless told to", async () => {
    const reader = fixedReader({ authorization: "Bearer readers-token", "impersonate-user": "jane" });
    const { transport, seen } = await world({ speaks: "plain" }, { reader });
    await assert.rejects(transport.request({ ...get, credential: asPerson }), { code: "source-refused" });
    await transport.request({ ...get, credential: asReader });
    assert.equal(seen.length, 1);
    assert.equal(seen[0]?.headers.authorization, undefined);
    const open = await world({ speaks: "plain" }, { reader, credentialsOverHttp: true });
    await open.transport.request({ ...get, credential: asPerson });
    assert.equal(open.seen[0]?.headers.authorization, "Bearer persons-token");
  });
});

describe("after a 401", () => {
  /** Gives `first` until it is refreshed, then `second`. */
  function renewing(first: ReaderIdentity, second: ReaderIdentity): Reader & { refreshed: number } {
    let identity = first;
    return {
      refreshed: 0,
      current: () => Promise.resolve(identity),
      refresh(refused) {
        this.refreshed += 1;
        if (refused === second) return Promise.resolve(null);
        identity = second;
        return Promise.resolve(second);
      },
    };
  }

  it("tries once more with fresh credentials, body included", async () => {
    const bodies: string[] = [];
    const { transport, seen } = await world(
      {
        handle: (request, response) => {
          request.on("data", (chunk: Buffer) => bodies.push(chunk.toString("utf8")));
          request.on("end", () => answerJson(response, request.headers.authorization === "Bearer new" ? 200 : 401, {}));
        },
      },
      {
        reader: renewing(
          { headers: { authorization: "Bearer old" }, certificate: null },
          { headers: { authorization: "Bearer new" }, certificate: null },
        ),
      },
    );
    const response = await transport.request({ method: "POST", path: "/api", body: "{}", credential: asReader });
    assert.equal(response.status, 200);
    assert.equal(seen.length, 2);
    assert.deepEqual(bodies, ["{}", "{}"]);
  });

  it("hands on the second 401", async () => {
    const reader = renewing(
      { headers: { authorization: "Bearer old" }, certificate: null },
      { headers: { authorization: "Bearer new" }, certificate: null },
    );
    const { transport, seen } = await world({ handle: (_, response) => answerJson(response, 401, {}) }, { reader });
    assert.equal((await transport.request({ ...get, credential: asReader })).status, 401);
    assert.equal(seen.length, 2);
    assert.equal(reader.refreshed, 1);
  });

  it("refreshes nothing for a person", async () => {
    const reader = renewing(
      { headers: {}, certificate: null },
      { headers: { authorization: "Bearer new" }, certificate: null },
    );
    const { transport, seen } = await world({ handle: (_, response) => answerJson(response, 401, {}) }, { reader });
    assert.equal((await transport.request({ ...get, credential: asPerson })).status, 401);
    assert.equal(seen.length, 1);
    assert.equal(reader.refreshed, 0);
  });

  it("connects anew for a new certificate, and lets what is open on the old one go on", async () => {
    const next = authority.client("renewed");
    const reader = renewing(
      { headers: {}, certificate: clientCertificate(readerPair.cert, readerPair.key) },
      { headers: {}, certificate: clientCertificate(next.cert, next.key) },
    );
    let refuse = false;
    const { transport, seen } = await world(
      {
        handle: (request, response) => {
          if (request.url === "/watch") response.writeHead(200).write("first\n");
          else answerJson(response, refuse && seen.at(-1)?.certificate !== "renewed" ? 401 : 200, {});
        },
      },
      { reader },
    );
    const watch = await transport.request({ method: "GET", path: "/watch", credential: asReader });
    refuse = true;
    assert.equal((await transport.request({ ...get, credential: asReader })).status, 200);
    assert.deepEqual(
      seen.map(({ certificate }) => certificate),
      ["reader-by-certificate", "reader-by-certificate", "renewed"],
    );
    assert.equal(watch.body.destroyed, false);
  });
});

describe("who the server is", () => {
  it("refuses a certificate of somebody else's authority, another name, or none that it trusts", async () => {
    const other = testAuthority();
    const { transport } = await world({}, { ca: other.ca });
    await assert.rejects(transport.request({ ...get, credential: asPerson }), { code: "source-unreachable" });
    const named = await world({ pair: authority.server(["DNS:kube.test"]) }, {});
    await assert.rejects(named.transport.request({ ...get, credential: asPerson }), {
      code: "source-unreachable",
      detail: /altnames/,
    });
    const untrusted = await world({}, { ca: undefined });
    await assert.rejects(untrusted.transport.request({ ...get, credential: asPerson }), { code: "source-unreachable" });
    assert.equal(named.seen.length, 0);
  });

  it("checks the name of tls-server-name in place of the host", async () => {
    const kube = authority.server(["DNS:kube.test"]);
    const trust = (serverName: string) => ({ ca: () => Promise.resolve(authority.ca), serverName, insecure: false });
    const right = await world({ pair: kube }, { trust: trust("kube.test") });
    assert.equal((await right.transport.request({ ...get, credential: asReader })).status, 200);
    const wrong = await world({ pair: kube }, { trust: trust("other.test") });
    await assert.rejects(wrong.transport.request({ ...get, credential: asReader }), {
      code: "source-unreachable",
      detail: /other\.test/,
    });
  });

  it("trusts anybody only where the kubeconfig says so", async () => {
    const { transport } = await world(
      { pair: testAuthority().server(["DNS:nobody"]) },
      { trust: { ca: () => Promise.resolve(null), serverName: null, insecure: true } },
    );
    assert.equal((await transport.request({ ...get, credential: asReader })).status, 200);
  });
});

after(() => {
  assert.equal(servers.length, 0);
});
