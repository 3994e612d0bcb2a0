import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { docker, tryDocker } from "./docker.ts";
import { ensureNodeImage } from "./node-image.ts";
import { StowageContainer } from "./stowage-container.ts";
import { buildStowageImage } from "./stowage-image.ts";

const image = "stowage-test/stowage:image";
const volume = "stowage-test-data";
const megabyte = 1_000_000;

describe("the image", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let base: string;
  let team: StowageContainer;

  before(async () => {
    cluster = await runCluster();
    base = await ensureNodeImage(cluster);
    await buildStowageImage(cluster, image);
    await tryDocker(cluster, ["volume", "rm", "--force", volume]);
    // As narrow as a container gets: no capability, no way to more rights, nothing to write to but the volume and /tmp.
    const narrow = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges"];
    const flags = [...narrow, "--user=10001:10001", `--volume=${volume}:/data`, "--health-interval=1s"];
    team = await StowageContainer.run(cluster, image, "stowage-test-team", flags);
    await team.ready();
  });

  after(async () => {
    for (const name of ["stowage-test-team", "stowage-test-status", "stowage-test-writes"])
      await StowageContainer.remove(cluster, name);
    await tryDocker(cluster, ["volume", "rm", "--force", volume]);
    await tryDocker(cluster, ["image", "rm", "--no-prune", image]);
  });

  test("people are asked to sign in, and nobody else is let in", async () => {
    const login = await team.ask("/login");
    assert.equal(login.status, 200);
    assert.match(login.text, /name="token"/);
    assert.equal((await team.ask("/api/query?kind=pods")).status, 401);
    assert.equal((await team.ask("/livez")).status, 200);
    assert.equal((await team.ask("/readyz", { headers: { host: "elsewhere.example" } })).status, 421);
    // What browsers load came with it, compressed ahead.
    const script = /\/_next\/static\/[^"]+\.js/.exec(login.text)?.[0] ?? "";
    const loaded = await team.ask(script, { headers: { "accept-encoding": "br" } });
    assert.deepEqual([loaded.status, loaded.headers["content-encoding"]], [200, "br"]);
  });

  test("it is healthy by its own check", async () => {
    await waitUntil(async () => (await team.inspect("{{.State.Health.Status}}")) === "healthy", {
      what: "docker to find it healthy",
      timeoutSeconds: 60,
    });
  });

  test("it runs as a user without rights who cannot change the program", async () => {
    assert.equal(await docker(cluster, ["image", "inspect", "--format={{.Config.User}}", image]), "10001:10001");
    const seen = await team.node(`
      const { readFileSync, writeFileSync, statSync } = require("node:fs");
      const tried = (path) => { try { writeFileSync(path, ""); return "written"; } catch ({ code }) { return code; } };
      console.log(JSON.stringify({
        uid: process.getuid(),
        first: readFileSync("/proc/1/cmdline", "utf8").split("\\0")[0],
        app: tried("/app/server.mjs"),
        pages: tried("/app/.next/x"),
        data: tried("/data/x"),
        owner: statSync("/app/server.mjs").uid,
        key: (statSync("/data/secret.key").mode & 0o777).toString(8),
      }));`);
    assert.deepEqual(JSON.parse(seen), {
      uid: 10_001,
      first: "node",
      app: "EROFS",
      pages: "EROFS",
      data: "written",
      owner: 0,
      key: "600",
    });
    assert.doesNotMatch(await team.log(), /EROFS|EACCES|EPERM|read-only file system/i);
  });

  test("it holds what runs and nothing of what built it", async () => {
    const size = async (name: string) =>
      Number(await docker(cluster, ["image", "inspect", "--format={{.Size}}", name]));
    assert.ok((await size(image)) - (await size(base)) < 50 * megabyte, "the layers above Node's");
    const files = await team.node(`
      const { readdirSync } = require("node:fs");
      for (const entry of readdirSync("/app", { recursive: true, withFileTypes: true }))
        if (entry.isFile()) console.log(entry.parentPath + "/" + entry.name);`);
    const packages =
      /\/node_modules\/(@?typescript|@?tailwindcss|@next\/swc|@img|sharp|lightningcss|node-linux|@codemirror)/;
    const unwanted = [packages, /\.(map|node)$/, /\.test\.tsx?$/, /\/\.next\/cache\//, /\.npmrc$/, /\/\.env/];
    assert.deepEqual(
      files.split("\n").filter((file) => unwanted.some((pattern) => pattern.test(file))),
      [],
    );
    assert.match(files, /^\/app\/LICENSE$/m);
    const history = await docker(cluster, ["history", "--no-trunc", "--format={{.CreatedBy}}", image]);
    assert.doesNotMatch(history, /registry=|_auth/i);
    const labels = JSON.parse(await docker(cluster, ["image", "inspect", "--format={{json .Config.Labels}}", image]));
    assert.equal(labels["org.opencontainers.image.licenses"], "Apache-2.0");
  });

  test("the status page runs of the same image, on the same data", async () => {
    const flags = ["--read-only", "--env=STOWAGE_FACE=status", `--volume=${volume}:/data`];
    const status = await StowageContainer.run(cluster, image, "stowage-test-status", flags);
    await status.ready();
    assert.equal((await status.ask("/status")).status, 200);
    assert.equal((await status.ask("/login")).status, 404);
  });

  test("SIGTERM lets the request that is under way end, and then it goes", async () => {
    const body = "token=not-a-token";
    const headers = {
      host: "localhost:7117",
      origin: "http://localhost:7117",
      "content-length": String(body.length),
      "content-type": "application/x-www-form-urlencoded",
      expect: "100-continue",
    };
    const sent = request({ host: "127.0.0.1", port: team.port, path: "/api/auth/sign-in", method: "POST", headers });
    const answered = new Promise<number>((resolve, reject) => {
      sent.on("error", reject).on("response", (response) => resolve(response.resume().statusCode ?? 0));
    });
    // The server has it in hand when it says that the body may come.
    await new Promise((resolve, reject) => sent.on("continue", resolve).on("error", reject).flushHeaders());
    await docker(cluster, ["kill", "--signal=TERM", team.name]);
    await waitUntil(async () => (await team.log()).includes('"server.stopping"'), { what: "it to hear the signal" });
    sent.end(body);
    assert.equal(await answered, 303);
    assert.equal(await docker(cluster, ["wait", team.name]), "0");
  });

  test("even where it could, it writes nowhere but in its data", async () => {
    const flags = ["--env=STOWAGE_DEMO=1", "--env=STOWAGE_FACE=team"];
    const free = await StowageContainer.run(cluster, image, "stowage-test-writes", flags);
    await free.ready();
    for (const path of ["/login", "/", "/pods", "/nowhere/at/all", "/icon.svg", "/login", "/status"])
      await free.ask(path);
    await docker(cluster, ["stop", free.name]);
    assert.equal(await docker(cluster, ["diff", free.name]), "");
    assert.equal(await free.inspect("{{.State.ExitCode}}"), "0");
  });
});
