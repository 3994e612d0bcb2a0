import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { AuditLog } from "../server/audit-log.ts";
import { LiveSocket, SocketRefused } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { Asked } from "../server/send-request.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

describe("requests that try to talk the server round are refused plainly", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let cookie: string;
  let source: string;

  before(async () => {
    cluster = await runCluster();
    source = `stowage-${cluster.name}`;
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    cookie = await stowage.launch();
  });
  after(async () => {
    await stowage?.stop();
  });

  /** Whoever is tricked into sending these is signed in: without their cookie there is nothing to win. */
  async function answered(path: string, { headers, ...rest }: Asked = {}): Promise<number> {
    const { status, text } = await stowage.ask(path, { ...rest, headers: { cookie, ...headers } });
    assert.ok(status < 500, `${path} answered ${status}`);
    assert.ok(!text.includes("at Object.") && !text.includes("node_modules"), "no insides");
    return status;
  }

  test("another host's name, another page's origin", async () => {
    assert.equal(await answered("/api/query?kind=nodes"), 200);
    for (const host of [
      "evil.example",
      `evil.example:${stowage.port}`,
      "127.0.0.1",
      `127.0.0.1:${stowage.port}.evil.example`,
    ]) {
      assert.equal(await answered("/api/query?kind=nodes", { headers: { host } }), 421, host);
      assert.equal(await answered("/", { headers: { host } }), 421, host);
    }
    const foreign = [
      "http://evil.example",
      "null",
      `https://127.0.0.1:${stowage.port + 1}`,
      `http://localhost:${stowage.port}`,
      "x",
    ];
    for (const origin of foreign) {
      assert.equal(
        await answered("/api/auth/sign-out", { method: "POST", headers: { origin }, body: "" }),
        403,
        origin,
      );
      await assert.rejects(LiveSocket.open(stowage.port, { cookie, origin }), refused(403), origin);
    }
    assert.equal(
      await answered("/api/auth/sign-out", { method: "POST", body: "" }),
      403,
      "a write with a cookie and no origin",
    );
    await assert.rejects(
      LiveSocket.open(stowage.port, { cookie }),
      refused(403),
      "a socket with a cookie and no origin",
    );
    await assert.rejects(
      LiveSocket.open(stowage.port, { cookie, origin: stowage.url, host: "evil.example" }),
      refused(421),
    );
    await assert.rejects(LiveSocket.open(stowage.port, { cookie, origin: stowage.url }, "/api/query"), refused(404));
    assert.equal(await answered("/api/query?kind=nodes", { headers: { "sec-fetch-site": "cross-site" } }), 403);
    assert.equal(await answered("/api/query?kind=nodes"), 200, "nobody was signed out by all that");
  });

  function refused(status: number) {
    return (error: unknown) => error instanceof SocketRefused && error.status === status;
  }

  test("what talked Next round before", async () => {
    assert.equal(
      await answered("/pods", { headers: { "x-middleware-subrequest": "middleware:middleware:middleware" } }),
      400,
    );
    assert.equal(
      await answered("/pods", { method: "POST", headers: { "next-action": "x", origin: stowage.url }, body: "[]" }),
      400,
    );
    for (const path of ["/_next/image?url=http://127.0.0.1/&w=64&q=75", "/_next/image"])
      assert.equal(await answered(path), 404, path);
    for (const path of [
      "/_next%2Fimage?url=%2Fpods&w=64&q=75",
      "/%5fnext/image?url=/pods&w=64&q=75",
      "/_next/../_next/image?url=/pods&w=64&q=75",
    ]) {
      assert.notEqual(await answered(path), 200, path);
    }
    // Said from outside, these must not pass for what Next says to itself: the answer is the one without them.
    const inner = {
      "x-invoke-path": "/login",
      "x-matched-path": "/login",
      "x-nextjs-data": "1",
      "x-nonce": "abc",
      "x-forwarded-host": "evil.example",
    };
    const { headers, text } = await stowage.ask("/pods", { headers: { cookie, ...inner } });
    assert.ok(!String(headers["content-security-policy"]).includes("nonce-abc"));
    assert.ok(!text.includes("evil.example"));
  });

  test("targets that are no path", async () => {
    for (const target of [
      "http://evil.example/",
      "http://127.0.0.1/api/query?kind=nodes",
      "//evil.example/pods",
      "/\\evil.example",
      "*",
    ]) {
      assert.match(
        await raw(
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${stowage.port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
        ),
        /^HTTP\/1\.1 400 /,
        target,
      );
    }
    assert.match(await raw(`CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`), /^(HTTP\/1\.1 4|$)/);
    assert.match(await raw("GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 421 /);
    assert.match(await raw("GET / HTTP/1.0\r\n\r\n"), /^HTTP\/1\.1 421 /);
    assert.match(
      await raw(`TRACE / HTTP/1.1\r\nHost: 127.0.0.1:${stowage.port}\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1\.1 405 /,
    );
    assert.match(await raw(`GET / HTTP/1.1\r\nX: ${"x".repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  });

  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = "";
      const socket = connect(stowage.port, "127.0.0.1", () => socket.write(text));
      socket.setEncoding("latin1").on("data", (chunk: string) => (answer += chunk));
      socket.on("error", reject).on("close", () => resolve(answer));
      socket.setTimeout(5_000, () => socket.destroy());
    });
  }

  test("names that lead elsewhere, encoded or not, reach nothing else", async () => {
    const audit = new AuditLog(cluster);
    const ways = [
      "..",
      "%2e%2e",
      "%2E%2E%2F%2E%2E",
      "%2e%2e%2fsecrets",
      "..%2f..%2fsecrets%2fx",
      "%252e%252e",
      "%00",
      "%0d%0aX:%20y",
      "%ff",
      "a%5c..%5cb",
      ".",
    ];
    for (const way of ways) {
      const paths = [
        `/api/objects/pods/${source}/${way}/x`,
        `/api/objects/pods/${source}/shop/${way}`,
        `/api/objects/pods/${source}/${way}`,
        `/api/objects/nodes/${source}/${way}`,
        `/api/objects/containers/${source}/shop/${way}/main`,
        `/api/objects/${way}/${source}/shop/x`,
        `/api/objects/pods/${way}/shop/x`,
        `/pods/${source}/${way}/x`,
        `/${way}/${source}/shop/x`,
      ];
      for (const path of paths) {
        const { status, text } = await stowage.ask(path, { headers: { cookie } });
        assert.ok(status < 500, `${path} answered ${status}`);
        if (path.startsWith("/api/")) assert.notEqual(status, 200, path);
        assert.ok(!text.includes('"kind":"Secret'), path);
      }
    }
    const socket = await stowage.socket({ cookie });
    for (const name of ["..", ".", "a/../b", "%2e%2e", "\u0000", "x?y=z", "x#y"]) {
      const rest = { container: "main", follow: false, previous: false, tail: 1, source };
      for (const sub of [
        socket.subscribe({ t: "logs", namespace: name, pod: "x", ...rest }),
        socket.subscribe({ t: "logs", namespace: "shop", pod: name, ...rest }),
        socket.subscribe({ t: "logs", namespace: "shop", pod: "x", ...rest, container: name }),
        socket.subscribe({ t: "object", kind: "pods", source, path: `shop/${name}` }),
        socket.subscribe({ t: "object", kind: "pods", source, path: `${name}/x` }),
      ]) {
        await sub.ended();
      }
    }
    socket.close();
    const read = [
      "pods",
      "nodes",
      "namespaces",
      "deployments",
      "replicasets",
      "statefulsets",
      "daemonsets",
      "jobs",
      "cronjobs",
      "services",
      "endpointslices",
      "events",
      "selfsubjectaccessreviews",
      undefined,
    ];
    for (const { objectRef, requestURI, verb } of await audit.ours("admin")) {
      assert.ok(read.includes(objectRef?.resource), `${verb} ${requestURI}`);
      assert.ok(!/secrets|\/\.\.?(\/|$)/.test(requestURI), requestURI);
    }
  });

  test("names that JavaScript knows are names like others", async () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      assert.equal(await answered(`/api/query?kind=${name}`), 404, name);
      assert.equal(await answered(`/api/query?kind=pods&in=${name}`), 404, name);
      assert.equal(await answered(`/api/query?kind=pods&columns=${name}`), 400, name);
      assert.equal(await answered(`/api/query?kind=pods&sort=${name}`), 400, name);
      assert.equal(await answered(`/api/complete?kind=pods&column=${name}&text=`), 400, name);
      assert.equal(await answered(`/api/objects/${name}/${source}/shop/x`), 404, name);
      assert.equal(await answered(`/api/objects/pods/${name}/shop/x`), 404, name);
      assert.equal(await answered(`/api/query?kind=pods&${name}=1&q=${name}:x`), 200, name);
      assert.notEqual(await answered(`/${name}`), 200, name);
    }
    assert.equal(await answered(`/api/objects/secrets/${source}/shop/x`), 404, "a kind that is not shown is none");
    assert.equal(await answered("/api/query?kind=nodes"), 200);
  });
});
