import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Client } from "pg";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { startPostgres } from "../db/postgres.ts";
import type { Postgres } from "../db/postgres.ts";
import { runCluster } from "../server/run-cluster.ts";
import { tryDocker } from "./docker.ts";
import { StowageContainer } from "./stowage-container.ts";
import { buildStowageImage } from "./stowage-image.ts";

const image = "stowage-test/stowage:postgres";
const names = ["stowage-test-one", "stowage-test-two", "stowage-test-page"] as const;

describe("the image on PostgreSQL", { skip: missing("own-cluster") || missing("postgres") }, () => {
  let cluster: Cluster;
  let postgres: Postgres;
  let address: string;
  let one: StowageContainer;
  let two: StowageContainer;

  before(async () => {
    cluster = await runCluster();
    await buildStowageImage(cluster, image);
    postgres = await startPostgres();
    address = await postgres.address();
    // Two of one database, with the key that they share, at once: one makes the tables and the other waits.
    const env = { STOWAGE_DATABASE: address, STOWAGE_SECRET_KEY: randomBytes(32).toString("base64") };
    [one, two] = await Promise.all([start(names[0], env), start(names[1], env)]);
    await Promise.all([one.ready(), two.ready()]);
  });

  after(async () => {
    for (const name of names) await StowageContainer.remove(cluster, name);
    await postgres.stop();
    await tryDocker(cluster, ["image", "rm", "--no-prune", image]);
  });

  /** A container that has the folder of the server's socket. */
  function start(name: string, env: Readonly<Record<string, string>>): Promise<StowageContainer> {
    const folder = new URLSearchParams(address.split("?")[1]).get("host") ?? "";
    chmodSync(folder, 0o755);
    const given = Object.entries(env).map(([variable, value]) => `--env=${variable}=${value}`);
    return StowageContainer.run(cluster, image, name, ["--read-only", `--volume=${folder}:${folder}`, ...given]);
  }

  test("who signed in at one replica is signed in at the other", async () => {
    const link = /\/setup\?link=([\w-]+)/.exec(await one.log())?.[1] ?? "";
    const password = "correct horse battery";
    const fields = { link, login: "ann", name: "Ann", password, again: password };
    const made = await one.ask("/api/auth/setup", {
      method: "POST",
      headers: { origin: "http://localhost:7117", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
    assert.deepEqual([made.status, made.headers.location], [303, "/"]);
    const cookie = made.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const there = await two.ask("/account", { headers: { cookie } });
    assert.deepEqual([there.status, there.text.includes("Ann")], [200, true]);
    assert.notEqual((await two.ask("/account")).status, 200);
  });

  test("the status page needs to read one table, and its user can read no other", async () => {
    const owner = new Client({ connectionString: address });
    await owner.connect();
    await owner.query("create role page login");
    await owner.query("grant select on status_published to page");
    await owner.end();
    const as = address.replace("//stowage@", "//page@");
    const page = await start(names[2], { STOWAGE_FACE: "status", STOWAGE_DATABASE: as });
    await page.ready();
    assert.equal((await page.ask("/status")).status, 200);
    const reader = new Client({ connectionString: as });
    await reader.connect();
    assert.equal((await reader.query("select 1 from status_published")).command, "SELECT");
    await assert.rejects(reader.query("select * from sessions"), /permission denied/);
    await reader.end();
  });
});
