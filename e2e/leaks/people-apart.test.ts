import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

describe("one server, several people", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  /** A right of nobody's to list pods there, without the right to watch them. */
  const listing = `listing-${randomBytes(3).toString("hex")}`;
  const pay = ["-n", "pay"];

  before(async () => {
    cluster = await runCluster();
    await cluster.kubectl(["create", "role", listing, ...pay, "--verb=get,list", "--resource=pods"]);
    await cluster.kubectl(["create", "rolebinding", listing, ...pay, `--role=${listing}`, "--user=nobody"]);
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("stowage-reader"), args: ["--face", "team"] });
  });
  after(async () => {
    await stowage?.stop();
    await cluster?.kubectl(["delete", "rolebinding,role", listing, ...pay, "--ignore-not-found"]);
  });

  test("nobody is answered with another's rows, however they come together", async () => {
    const people: readonly Identity[] = ["admin", "team", "pods-only", "nobody"];
    const cookies = new Map<Identity, string>();
    for (const person of people) cookies.set(person, await stowage.signIn(cluster.token(person)));
    const namespacesOf = async (person: Identity, by: "bearer" | "cookie") => {
      const headers: Record<string, string> =
        by === "bearer" ? { authorization: `Bearer ${cluster.token(person)}` } : { cookie: cookies.get(person) ?? "" };
      const { text } = await stowage.ask("/api/query?kind=pods&count=5000", { headers });
      const { rows } = JSON.parse(text) as { rows: { namespace: string }[] };
      return new Set(rows.map(({ namespace }) => namespace));
    };
    for (let round = 0; round < 10; round += 1) {
      const asked = people.flatMap((person) =>
        (["bearer", "cookie"] as const).map(async (by) => ({ person, seen: await namespacesOf(person, by) })),
      );
      for (const { person, seen } of await Promise.all(asked)) {
        if (person === "nobody") assert.equal(seen.size, 0);
        else if (person === "team") assert.deepEqual([...seen], ["shop"]);
        else assert.ok(seen.size > 3, person);
      }
    }
  });

  test("the bearer token of a request counts, whatever cookie comes with it", async () => {
    const cookie = await stowage.signIn(cluster.token("admin"));
    for (const [bearer, status] of [
      [cluster.token("nobody"), 200],
      ["nobody-knows-this", 401],
    ] as const) {
      const answer = await stowage.ask("/api/query?kind=pods", {
        headers: { cookie, authorization: `Bearer ${bearer}` },
      });
      assert.equal(answer.status, status);
      assert.ok(!answer.text.includes('"name":"'), "no row of the cookie's person");
    }
  });

  test("what one person's page left off is nobody else's to go on with", async () => {
    const { text } = await stowage.get("/pods", cluster.token("admin"));
    const token = /\\"resume\\":\\"([\w-]+)\\"/.exec(text)?.[1];
    assert.ok(token, "the page says how its rows go on");
    const socket = await stowage.socket({ bearer: cluster.token("team") });
    const rows = socket.rows({ kind: "pods", count: 200 }, token);
    await rows.whole();
    for (const key of rows.keys) assert.ok(key.startsWith(`stowage-${cluster.name}-stowage-reader/shop/`), key);
    assert.equal(rows.snapshots, 1, "the thief gets an answer of their own");
    socket.close();
    const own = await stowage.socket({ bearer: cluster.token("admin") });
    const resumed = own.rows({ kind: "pods" }, token);
    const probe = own.subscribe({ t: "overview", in: [] });
    await probe.until(() => probe.heard.length > 0, "an overview");
    assert.equal(resumed.snapshots, 0, "and whose it is goes on");
    own.close();
  });

  test("who may list and not watch is shown no rows: they could not be kept true", async () => {
    const { total } = await stowage.json<{ total: number }>("/api/query?kind=pods", cluster.token("nobody"));
    assert.equal(total, 0);
    const listed = await cluster.kubectl(["get", "pods", ...pay, "-o", "name"], { as: "nobody" });
    assert.match(listed, /^pod\//, "though they may list");
  });

  test("a hidden object cannot be told from one that does not exist", async () => {
    const source = `stowage-${cluster.name}-stowage-reader`;
    const canary = cluster.canaries.find(({ kind, namespace }) => kind === "pods" && namespace === "ops")?.value ?? "";
    assert.ok(canary);
    for (const [kind, there] of [
      ["pods", `ops/${canary}`],
      ["containers", `ops/${canary}/main`],
    ] as const) {
      const tell = async (path: string) => {
        const { status, text } = await stowage.get(`/api/objects/${kind}/${source}/${path}`, cluster.token("team"));
        return { status, text: text.replaceAll(/canary-pods-ops-\w+|no-such-pod/g, "NAME") };
      };
      assert.deepEqual(await tell(there), await tell(there.replace(canary, "no-such-pod")));
    }
  });
});
