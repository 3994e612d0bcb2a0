import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import { openDatabase } from "../../lib/server/db/open-database.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { cookieOf, runStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { cookieFor, password, postgresStore, sqliteStore, startTeam } from "./team.ts";
import type { Store } from "./team.ts";

/** What a session that is ended may go on for, in seconds, wherever it is open. */
const limit = 5;

/** One database, one server: the journey of a team from its first start. */
function journey(openStore: () => Promise<Store>): void {
  let cluster: Cluster;
  let store: Store;
  let env: Record<string, string>;
  let team: RunningStowage;
  let admin: string;

  before(async () => {
    cluster = await runCluster();
    store = await openStore();
    env = await store.env();
    team = await startTeam(cluster, env);
  });
  after(async () => {
    await team?.stop();
    await store?.stop();
  });

  const status = async (cookie: string, server = team) =>
    (await server.ask("/api/query?kind=pods&count=1", { headers: { cookie } })).status;
  const where = async (path: string, fields: Record<string, string>, cookie?: string) =>
    (await team.post(path, fields, cookie)).headers["location"] ?? "nowhere";
  const roleOf = async (cookie: string, server = team) =>
    /<dd>.*?>(Viewer|Operator|Admin)</.exec((await server.ask("/account", { headers: { cookie } })).text)?.[1];

  /** What the audit log holds of a verb: who, and how it ended. */
  async function audited(verb: string): Promise<string[]> {
    const db = await openDatabase(env["STOWAGE_DATABASE"] ?? "");
    try {
      const rows = await db.selectFrom("audit").selectAll().where("verb", "=", verb).orderBy("id").execute();
      return rows.map(({ person, outcome }) => `${person} ${outcome}`);
    } finally {
      await db.destroy();
    }
  }

  test("the setup link makes the first admin, once, and is not offered again", async () => {
    const link = team.setupPath.split("=")[1] ?? "";
    const chosen = { link, login: "mina", name: "", password, again: password };
    assert.match(await where("/api/auth/setup", { ...chosen, password: "short", again: "short" }), /weak-password/);
    assert.match(await where("/api/auth/setup", { ...chosen, login: "two words" }), /problem=invalid/);
    assert.match(await where("/api/auth/setup", { ...chosen, link: "x".repeat(43) }), /link-spent/);
    const answer = await team.post("/api/auth/setup", chosen);
    const [set = ""] = answer.headers["set-cookie"] ?? [];
    assert.match(set, new RegExp(`^__Host-stowage-${team.port}=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax$`));
    admin = cookieOf(answer);
    assert.equal(await status(admin), 200);
    assert.equal(await roleOf(admin), "Admin");
    assert.match(await where("/api/auth/setup", { ...chosen, login: "second" }), /link-spent/);
    assert.ok(!(await team.ask(team.setupPath)).text.includes('name="password"'));
    assert.deepEqual(await audited("setup"), ["local:mina done"]);
  });

  test("a sign-in gives a session of its own, and ends the one that the browser had", async () => {
    const first = await team.signInLocally("MINA ", password);
    const fixed = { login: "mina", password };
    const second = cookieOf(await team.post("/api/auth/sign-in", fixed, first));
    assert.notEqual(second, first);
    assert.equal(await status(first), 401);
    assert.equal(await status(second), 200);
    const planted = `__Host-stowage-${team.port}=${"A".repeat(43)}`;
    const third = cookieOf(await team.post("/api/auth/sign-in", fixed, planted));
    assert.equal(await status(planted), 401, "a cookie that somebody planted becomes no session");
    await team.post("/api/account/end-others", {}, third);
    admin = third;
    assert.equal(await status(second), 401);
  });

  test("after signing in one is where one wanted to be, and nowhere else", async () => {
    const asked = await team.ask("/pods?q=web");
    assert.equal(asked.headers["location"], "/login?to=%2Fpods%3Fq%3Dweb");
    const to = (path: string) => where("/api/auth/sign-in", { login: "mina", password, to: path });
    assert.equal(await to("/pods?q=web"), "/pods?q=web");
    for (const path of ["https://evil.example/", "//evil.example", "/\\evil.example", "/api/auth/sign-out"])
      assert.equal(await to(path), "/", path);
  });

  test("a token is tried first, kept sealed in the session, and shows what it may see", async () => {
    const account = await team.signInLocally("mina", password);
    assert.match(await where("/api/account/attach-token", { token: "nobody-knows-this" }, account), /token-unknown/);
    const total = async () => {
      const { text } = await team.ask("/api/query?kind=pods&count=0", { headers: { cookie: account } });
      return (JSON.parse(text) as { total: number }).total;
    };
    assert.equal(await total(), 0);
    assert.equal(
      await where("/api/account/attach-token", { token: cluster.token("team") }, account),
      "/account?done=attached",
    );
    const allowed = await cluster.kubectl(["get", "pods", "-n", "shop", "-o", "name"], { as: "team" });
    assert.equal(await total(), allowed.trim().split("\n").length);
    const bytes = await store.bytes(env);
    assert.ok(bytes.includes("local:mina"), "the bytes are those of the database");
    assert.ok(bytes.includes("$argon2id$v=19$"), "passwords are hashes");
    const secrets = [cluster.token("team"), password, account.split("=")[1] ?? "", team.setupPath.split("=")[1] ?? ""];
    for (const secret of secrets) {
      assert.ok(secret.length > 20);
      assert.ok(!bytes.includes(secret));
      assert.ok(!bytes.includes(Buffer.from(secret).toString("base64").replace(/=+$/, "")));
      assert.ok(!team.stderr.includes(secret));
    }
    const source = `stowage-${cluster.name}`;
    assert.equal(await where("/api/account/detach-token", { source }, account), "/account?done=detached");
    assert.equal(await total(), 0);
  });

  test("whoever has a token is a viewer until an admin says otherwise, and that counts at once", async () => {
    const cookie = await team.signIn(cluster.token("team"));
    assert.equal(await roleOf(cookie), "Viewer");
    const account = "kubernetes:team";
    const raise = { account, role: "operator" };
    assert.equal(await where("/api/people/role", raise, cookie), "/settings/people?problem=forbidden");
    assert.equal(await where("/api/people/role", raise), "/login");
    assert.equal(await roleOf(cookie), "Viewer");
    assert.equal(await where("/api/people/role", raise, admin), "/settings/people?done=role");
    assert.equal(await roleOf(cookie), "Operator");
    assert.equal(
      await where("/api/people/role", { account: "local:mina", role: "viewer" }, admin),
      "/settings/people?problem=last-admin",
    );
    assert.deepEqual(await audited("person.role"), ["kubernetes:team refused", "local:mina done", "local:mina failed"]);
    const page = await team.ask("/settings/people", { headers: { cookie } });
    assert.ok(!page.text.includes("local:mina"), "who else there is, is for admins");
  });

  test("somebody disabled is out, with cookie and with token, and comes back when enabled", async () => {
    const cookie = await team.signIn(cluster.token("pods-only"));
    const account = "kubernetes:pods-only";
    const byToken = async () => (await team.get("/api/query?kind=pods&count=0", cluster.token("pods-only"))).status;
    assert.equal(await byToken(), 200);
    await team.post("/api/people/disable", { account }, admin);
    assert.equal(await status(cookie), 401);
    assert.equal(await byToken(), 401);
    await assert.rejects(team.signIn(cluster.token("pods-only")), /problem=forbidden/);
    await team.post("/api/people/enable", { account }, admin);
    assert.equal(await byToken(), 200);
    assert.equal(await status(await team.signIn(cluster.token("pods-only"))), 200);
  });

  test("what is ended closes what is open within five seconds", async (t) => {
    const cookie = await team.signIn(cluster.token("admin"));
    const socket = await team.socket({ cookie });
    const rows = socket.rows({ kind: "pods" });
    await rows.whole();
    const began = performance.now();
    await team.post("/api/people/end-all", { account: "kubernetes:admin" }, admin);
    assert.equal(await status(cookie), 401, "requests are refused at once");
    assert.equal((await rows.ended(limit + 5)).code, "signed-out");
    await socket.whenClosed();
    const seconds = (performance.now() - began) / 1000;
    t.diagnostic(`closed after ${seconds.toFixed(1)} s`);
    assert.ok(seconds <= limit + 0.5, `closed after ${seconds.toFixed(1)} s`);
    assert.ok((await audited("session.end")).includes("local:mina done"));
  });

  test("another server of the same database knows the session, the role, and when it is over", async (t) => {
    const other = await startTeam(cluster, env);
    try {
      assert.equal(other.setupPath, "", "there is an admin already");
      const here = await team.signIn(cluster.token("admin"));
      const there = cookieFor(other, here);
      assert.equal(await status(there, other), 200);
      await team.post("/api/people/role", { account: "kubernetes:admin", role: "operator" }, admin);
      await waitUntil(async () => (await roleOf(there, other)) === "Operator", {
        what: "the role",
        timeoutSeconds: limit,
      });
      const socket = await other.socket({ cookie: there });
      const rows = socket.rows({ kind: "pods" });
      await rows.whole();
      const began = performance.now();
      await team.post("/api/people/end-all", { account: "kubernetes:admin" }, admin);
      assert.equal((await rows.ended(limit + 5)).code, "signed-out");
      const seconds = (performance.now() - began) / 1000;
      t.diagnostic(`the other server closed it after ${seconds.toFixed(1)} s`);
      assert.ok(seconds <= limit + 0.5, `closed after ${seconds.toFixed(1)} s`);
      assert.equal(await status(there, other), 401);
    } finally {
      await other.stop();
    }
  });

  test("a restart and a kill -9 sign nobody out", async () => {
    const cookie = await team.signIn(cluster.token("team"));
    const { port } = team;
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      await team.stop(signal);
      team = await startTeam(cluster, env, ["--port", String(port)]);
      assert.equal(await status(cookie), 200, signal);
      assert.equal(await status(admin), 200, signal);
    }
    await team.post("/api/auth/sign-out", {}, cookie);
    await team.stop("SIGKILL");
    team = await startTeam(cluster, env, ["--port", String(port)]);
    assert.equal(await status(cookie), 401, "and who signed out stays out");
  });

  test("an invited person chooses a password once, and another link ends what they have", async () => {
    const invited = await team.post("/api/people/invite", { login: "jun", name: "Jun 준", role: "viewer" }, admin);
    const link = /link=([\w-]+)/.exec(invited.text)?.[1] ?? "";
    const chosen = { link, password: `${password} 2`, again: `${password} 2` };
    const jun = cookieOf(await team.post("/api/auth/setup", chosen));
    assert.match(await where("/api/auth/setup", chosen), /link-spent/);
    const other = await team.signInLocally("jun", chosen.password);
    assert.match(
      await where("/api/account/change-password", { current: "wrong", next: password, again: password }, jun),
      /wrong-password/,
    );
    const change = { current: chosen.password, next: password, again: password };
    assert.match(await where("/api/account/change-password", change, jun), /done=password/);
    assert.equal(await status(other), 401, "the other session is signed out");
    assert.equal(await status(jun), 200);
    await assert.rejects(team.signInLocally("jun", chosen.password), /wrong-password/);
    const again = await team.post("/api/people/link", { account: "local:jun" }, admin);
    const lost = { link: /link=([\w-]+)/.exec(again.text)?.[1] ?? "", password, again: password };
    cookieOf(await team.post("/api/auth/setup", lost));
    assert.equal(await status(jun), 401);
  });

  test("ten wrong passwords are the end of it for a while, and nobody else's business", async () => {
    // A success forgives what went wrong before.
    await team.signInLocally("jun", password);
    const attempt = () => where("/api/auth/sign-in", { login: "jun", password: "not the password" });
    const answers = await Promise.all(Array.from({ length: 12 }, attempt));
    assert.equal(answers.filter((to) => to.includes("problem=wrong-password")).length, 10);
    assert.equal(answers.filter((to) => /problem=limited&wait=1[45]&/.test(to)).length, 2);
    await assert.rejects(team.signInLocally("jun", password), /problem=limited/, "not even with the right one");
    await team.signInLocally("mina", password);
    const log = await audited("sign-in");
    assert.equal(log.filter((row) => row === "local:jun refused").length, 11);
    assert.equal(log.filter((row) => row === "nobody refused").length >= 1, true, "being limited is written down once");
  });

  test("plain HTTP from elsewhere is told to come by HTTPS, and a trusted proxy's word counts", async () => {
    const proxied = await startTeam(cluster, env, ["--allowed-hosts", "stowage.test", "--trusted-proxy", "127.0.0.2"]);
    const trusting = await startTeam(cluster, env, ["--allowed-hosts", "stowage.test", "--trusted-proxy", "127.0.0.1"]);
    try {
      const headers = {
        host: "stowage.test",
        origin: "https://stowage.test",
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-proto": "https",
        "x-forwarded-for": "203.0.113.50",
        "x-stowage-secure": "1",
        "x-stowage-address": "203.0.113.66",
      };
      const body = new URLSearchParams({ login: "mina", password }).toString();
      const refused = await proxied.ask("/api/auth/sign-in", { method: "POST", headers, body });
      assert.match(refused.headers["location"] ?? "", /problem=https-needed/);
      assert.ok((await proxied.ask("/login", { headers: { host: "stowage.test" } })).text.includes("needs HTTPS"));
      const cookie = cookieOf(await trusting.ask("/api/auth/sign-in", { method: "POST", headers, body }));
      const page = await trusting.ask("/account", { headers: { ...headers, cookie } });
      assert.ok(page.text.includes("203.0.113.50"), "the session has the address that the proxy told");
      assert.ok(!page.text.includes("203.0.113.66"), "and not the one that the client made up");
    } finally {
      await Promise.all([proxied.stop(), trusting.stop()]);
    }
  });
}

suite("a team", { skip: missing("own-cluster") }, () => {
  suite("on SQLite", () => {
    journey(sqliteStore);
  });

  suite("on PostgreSQL", { skip: missing("postgres") }, () => {
    journey(postgresStore);

    test("without a key it does not start, and says what to set", async () => {
      const store = await postgresStore();
      try {
        const { STOWAGE_DATABASE = "" } = await store.env();
        const { code, stderr } = await runStowage(["--demo", "--face", "team"], { STOWAGE_DATABASE });
        assert.equal(code, 2);
        assert.match(stderr, /STOWAGE_SECRET_KEY/);
      } finally {
        await store.stop();
      }
    });
  });
});
