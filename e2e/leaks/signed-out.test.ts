import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { LiveSocket, SocketRefused } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { Answer } from "../server/send-request.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { appRoutes } from "./app-routes.ts";
import { VisibleObjects } from "./visible-objects.ts";

describe("whoever is nobody is told nothing", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let local: RunningStowage;
  let team: RunningStowage;
  let nobody: VisibleObjects;
  let values: Record<string, string>;
  const servers = () => [local, team];

  before(async () => {
    cluster = await runCluster();
    nobody = await VisibleObjects.of(cluster, "nobody");
    [local, team] = await Promise.all([
      startStowage({ kubeconfig: cluster.kubeconfig("admin") }),
      startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] }),
    ]);
    const pod = await cluster.kubectl(["get", "pods", "-n", "shop", "-o", "jsonpath={.items[0].metadata.name}"]);
    const name = `shop/${pod}`;
    const registry = { host: cluster.registry ?? "docker.io", repository: "shop/web" };
    const engine = { engine: "docker", view: "host" };
    values = {
      kind: "pods",
      source: `stowage-${cluster.name}`,
      name,
      path: name,
      verb: "delete",
      ...registry,
      ...engine,
    };
  });
  after(async () => {
    await Promise.all([local?.stop(), team?.stop()]);
  });

  test("every page and route under app/ is shut", async (t) => {
    const routes = appRoutes(values);
    assert.ok(routes.length >= 9, "the routes were found");
    for (const server of servers()) {
      for (const { path, type, isPublic } of routes) {
        const strangers: Record<string, string>[] = [
          {},
          { rsc: "1" },
          { authorization: "Bearer nobody-knows-this" },
          { cookie: `stowage-${server.port}=nobody` },
          { cookie: `__Host-stowage-${server.port}=${"A".repeat(43)}` },
          { "x-stowage-address": "127.0.0.1", "x-stowage-secure": "1", "x-forwarded-for": "127.0.0.1" },
        ];
        for (const headers of strangers) {
          const answer = await server.ask("rsc" in headers ? `${path}?_rsc` : path, { headers });
          assert.deepEqual(nobody.leaksIn(answer.text, [path]), [], path);
          if (!isPublic)
            assert.ok(isShut(answer, type), `${path} answered ${answer.status} to ${JSON.stringify(headers)}`);
        }
        for (const method of ["POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
          const answer = await server.ask(path, {
            method,
            headers: { origin: server.url },
            ...(method === "POST" ? { body: "x" } : {}),
          });
          assert.ok(
            answer.status !== 200 || (type === "page" && (isPublic || method === "HEAD")),
            `${method} ${path} answered ${answer.status}`,
          );
          assert.deepEqual(nobody.leaksIn(answer.text, [path]), []);
          if (method === "POST" && type === "route" && !isPublic) {
            const isLogin = answer.status === 303 && answer.headers["location"] === "/login";
            assert.ok(isLogin || answer.status >= 400, `POST ${path} answered ${answer.status}`);
          }
          assert.equal(answer.headers["set-cookie"]?.some((cookie) => !cookie.includes("Max-Age=0")) ?? false, false);
        }
      }
    }
    t.diagnostic(`${routes.length} pages and routes, both faces`);
  });

  /** 401, no such method, or the way to the sign-in page: as a status, or in the flight data, which has none. */
  function isShut({ status, headers, text }: Answer, type: "page" | "route"): boolean {
    if (status === 401) return true;
    // A route that only takes forms.
    if (type === "route" && status === 405) return text === "";
    if (type === "page" && status >= 300 && status < 400) return headers["location"]?.startsWith("/login") ?? false;
    return type === "page" && status === 200 && /NEXT_REDIRECT;replace;\/login(\?to=[^;"]*)?;/.test(text);
  }

  test("sockets are refused", async () => {
    for (const server of servers()) {
      const strangers: Record<string, string>[] = [
        {},
        { origin: server.url },
        { authorization: "Bearer nobody-knows-this" },
        { authorization: `Basic ${Buffer.from("admin:admin").toString("base64")}` },
        { cookie: `stowage-${server.port}=nobody`, origin: server.url },
      ];
      for (const headers of strangers) await refusedWith(401, server, headers);
    }
  });

  test("a Kubernetes token is none of the local face's, nor its own token one of the team's", async () => {
    await refusedWith(401, local, { authorization: `Bearer ${cluster.token("admin")}` });
    await refusedWith(401, team, { authorization: `Bearer ${local.token}` });
    assert.equal((await local.get("/api/query?kind=pods", cluster.token("admin"))).status, 401);
    assert.equal((await team.get("/api/query?kind=pods", local.token)).status, 401);
    await assert.rejects(local.signIn(cluster.token("admin")), /problem=bad-request/);
    await assert.rejects(team.signIn("nobody-knows-this"), /problem=token-unknown/);
  });

  test("a launch code works once, and a session on its own server only", async () => {
    const used = local.launchPath;
    const cookie = await local.launch();
    assert.equal((await local.ask("/api/query?kind=nodes", { headers: { cookie } })).status, 200);
    const again = await local.ask(used);
    assert.equal(again.headers["set-cookie"], undefined);
    assert.equal(again.headers["location"], "/login?launch=spent");
    for (const code of ["", "x", "%00", "a".repeat(4000)]) {
      assert.equal((await local.ask(`/?launch=${code}`)).headers["set-cookie"], undefined);
    }
    assert.notEqual(local.launchPath, used, "the next link is another");

    const secret = cookie.split("=")[1] ?? "";
    const names = [`stowage-${local.port}`, `stowage-${team.port}`, `__Host-stowage-${team.port}`];
    for (const name of names) {
      assert.equal((await team.ask("/api/query?kind=nodes", { headers: { cookie: `${name}=${secret}` } })).status, 401);
    }
  });

  test("who signs out is out: cookie, pages and open socket", async (t) => {
    const cookie = await team.signIn(cluster.token("admin"));
    const socket = await team.socket({ cookie });
    const rows = socket.rows({ kind: "nodes" });
    await rows.whole();
    const began = performance.now();
    await team.ask("/api/auth/sign-out", { method: "POST", headers: { cookie, origin: team.url }, body: "" });
    assert.equal((await team.ask("/api/query?kind=nodes", { headers: { cookie } })).status, 401);
    assert.equal((await team.ask("/pods", { headers: { cookie } })).headers["location"], "/login?to=%2Fpods");
    assert.equal((await rows.ended(16)).code, "signed-out");
    await socket.whenClosed();
    t.diagnostic(`the socket closed ${((performance.now() - began) / 1000).toFixed(1)} s after signing out`);
  });

  async function refusedWith(status: number, server: RunningStowage, headers: Record<string, string>): Promise<void> {
    await assert.rejects(
      LiveSocket.open(server.port, headers),
      (error) => error instanceof SocketRefused && error.status === status,
      JSON.stringify(headers),
    );
  }
});
