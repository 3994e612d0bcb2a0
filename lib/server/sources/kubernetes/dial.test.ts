import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Route } from "./proxy.ts";
import type { TestApiServer } from "./testing/test-api-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { startConnectProxy, startSocksProxy } from "./testing/test-proxies.ts";
import { asReader, testTransport } from "./testing/test-transport.ts";

const authority = testAuthority();
let server: TestApiServer;
before(async () => {
  server = await startApiServer({
    authority,
    pair: authority.server(["DNS:kube.test"]),
    handle: (_, response) => answerJson(response, 200, {}),
  });
});
after(() => server.close());

const through =
  (url: string): (() => Route) =>
  () => ({ type: "proxy", proxy: new URL(url) });

/** Asks for a name that only the proxy can resolve. */
async function askThrough(url: string, path = "/x"): Promise<number> {
  const transport = testTransport({
    server: new URL(`https://kube.test:${server.url.port}`),
    ca: authority.ca,
    route: through(url),
  });
  try {
    return (await transport.request({ method: "GET", path, credential: asReader })).status;
  } finally {
    transport.close();
  }
}

describe("through a proxy", () => {
  it("tunnels by CONNECT, and checks the server's name and not the proxy's", async () => {
    const proxy = await startConnectProxy({ target: server.url });
    assert.equal(await askThrough(`http://127.0.0.1:${proxy.port}`), 200);
    assert.deepEqual(proxy.asked, [`kube.test:${server.url.port}`]);
    assert.equal(server.seen.at(-1)?.version, "2.0");
    await proxy.close();
  });

  it("gives the proxy its user and password, and keeps them out of the error", async () => {
    const proxy = await startConnectProxy({ credentials: "jane:pass word", target: server.url });
    assert.equal(await askThrough(`http://jane:pass%20word@127.0.0.1:${proxy.port}`), 200);
    await assert.rejects(askThrough(`http://jane:wrong-secret@127.0.0.1:${proxy.port}`), (error: Error) => {
      assert.match(error.message, /407/);
      assert.doesNotMatch(JSON.stringify([error.message, error.stack]), /wrong-secret/);
      return true;
    });
    await proxy.close();
  });

  it("refuses an https proxy that it does not trust", async () => {
    const proxy = await startConnectProxy({ pair: authority.server(["IP:127.0.0.1"]), target: server.url });
    await assert.rejects(askThrough(`https://127.0.0.1:${proxy.port}`), { code: "source-unreachable" });
    assert.deepEqual(proxy.asked, []);
    await proxy.close();
  });

  it("tunnels through SOCKS5, with and without a password", async () => {
    const open = await startSocksProxy({ target: server.url });
    assert.equal(await askThrough(`socks5://127.0.0.1:${open.port}`), 200);
    assert.deepEqual(open.asked, [`kube.test:${server.url.port}`]);
    await open.close();
    const guarded = await startSocksProxy({ credentials: "jane:secret", target: server.url });
    assert.equal(await askThrough(`socks5://jane:secret@127.0.0.1:${guarded.port}`), 200);
    await assert.rejects(askThrough(`socks5://jane:wrong@127.0.0.1:${guarded.port}`), {
      detail: "the proxy refused its user and password",
    });
    await assert.rejects(askThrough(`socks5://127.0.0.1:${guarded.port}`), {
      detail: "the proxy accepts none of our ways to sign in",
    });
    await guarded.close();
  });

  it("says when the proxy is not there or answers something else", async () => {
    await assert.rejects(askThrough("http://127.0.0.1:1"), {
      code: "source-unreachable",
      detail: /ECONNREFUSED 127\.0\.0\.1:1/,
    });
    const notHttp = await startSocksProxy({ target: server.url });
    await assert.rejects(askThrough(`http://127.0.0.1:${notHttp.port}`), { code: "source-unreachable" });
    await notHttp.close();
  });
});
