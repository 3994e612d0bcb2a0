import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { UserEntry } from "./kubeconfig-schema.ts";
import { kubeconfigReader } from "./kubeconfig-reader.ts";

const folder = mkdtempSync(join(tmpdir(), "stowage-reader-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let clock = 1_000_000;
function readerOf(user: UserEntry, allowExec = true) {
  return kubeconfigReader({ user, allowExec, plugin: { cluster: {}, env: process.env }, now: () => clock });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A plugin that counts its runs and gives token-1, token-2 … */
function countingPlugin(name: string, status: (run: string) => string): { user: UserEntry; runs: () => number } {
  const script = join(folder, `${name}.sh`);
  const count = join(folder, `${name}.count`);
  const apiVersion = "client.authentication.k8s.io/v1";
  writeFileSync(count, "");
  const answer = `{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":${status("'$n'")}}`;
  writeFileSync(script, `echo x >> ${count}\nn=$(wc -l < ${count})\necho '${answer}'`);
  return {
    user: { exec: { command: "/bin/sh", args: [script], apiVersion } },
    runs: () => readFileSync(count, "utf8").length / 2,
  };
}

describe("kubeconfigReader", () => {
  it("gives tokens, passwords and certificates", async () => {
    assert.equal((await readerOf({ token: "t" }).current()).headers["authorization"], "Bearer t");
    assert.equal(
      (await readerOf({ username: "u", password: "p" }).current()).headers["authorization"],
      `Basic ${base64("u:p")}`,
    );
    const certified = await readerOf({
      "client-certificate-data": base64("CERT"),
      "client-key-data": base64("KEY"),
      "client-certificate": "/ignored",
    }).current();
    assert.deepEqual(certified.headers, {});
    assert.equal(certified.certificate?.cert.toString(), "CERT");
    assert.deepEqual(await readerOf({}).current(), { headers: {}, certificate: null });
  });

  it("impersonates with every value of its own", async () => {
    const { headers } = await readerOf({
      token: "t",
      as: "jane",
      "as-uid": "7",
      "as-groups": ["a", "운영"],
      "as-user-extra": { "Example.com/Scopes": ["x", "y"], none: [] },
    }).current();
    assert.deepEqual(headers, {
      "impersonate-user": "jane",
      "impersonate-uid": "7",
      "impersonate-group": ["a", Buffer.from("운영").toString("latin1")],
      "impersonate-extra-example.com%2Fscopes": ["x", "y"],
      authorization: "Bearer t",
    });
  });

  it("rereads a token file each minute, and at once when it is refused", async () => {
    const path = join(folder, "token");
    writeFileSync(path, "one\n");
    const reader = readerOf({ tokenFile: path, token: "fallback" });
    const first = await reader.current();
    assert.equal(first.headers["authorization"], "Bearer one");
    writeFileSync(path, "two\n");
    assert.equal(await reader.current(), first);
    assert.equal((await reader.refresh(first))?.headers["authorization"], "Bearer two");
    writeFileSync(path, "three");
    clock += 59_000;
    assert.equal((await reader.current()).headers["authorization"], "Bearer two");
    clock += 2_000;
    assert.equal((await reader.current()).headers["authorization"], "Bearer three");
    rmSync(path);
    clock += 61_000;
    assert.equal(
      (await reader.current()).headers["authorization"],
      "Bearer three",
      "a file that is being replaced is not the end",
    );
  });

  it("falls back to the kubeconfig's token, and names a token file that is not there", async () => {
    assert.equal(
      (await readerOf({ tokenFile: join(folder, "none"), token: "own" }).current()).headers["authorization"],
      "Bearer own",
    );
    await assert.rejects(readerOf({ tokenFile: join(folder, "none") }).current(), {
      code: "source-unreachable",
      detail: /the token file .*none is not there/,
    });
    await assert.rejects(
      readerOf({ "client-certificate": join(folder, "none.crt"), "client-key-data": base64("K") }).current(),
      { detail: /the client certificate .*none\.crt is not there/ },
    );
  });

  it("has nothing fresh for a token that stays the same", async () => {
    const reader = readerOf({ token: "t" });
    assert.equal(await reader.refresh(await reader.current()), null);
  });

  it("takes what the kubeconfig says by now when it is refused", async () => {
    let now: UserEntry | null = { token: "old" };
    const reload = () => Promise.resolve(now);
    const reader = kubeconfigReader({
      user: now,
      reload,
      allowExec: true,
      plugin: { cluster: {}, env: {} },
      now: () => clock,
    });
    const first = await reader.current();
    assert.equal(await reader.refresh(first), null);
    now = { token: "new", as: "jane" };
    clock += 11_000;
    assert.equal(await reader.current(), first, "nobody reads the file for each request");
    assert.deepEqual((await reader.refresh(first))?.headers, {
      authorization: "Bearer new",
      "impersonate-user": "jane",
    });
    now = null;
    clock += 11_000;
    assert.equal(await reader.refresh(await reader.current()), null);
  });

  it("rereads certificate files when they are refused", async () => {
    const [cert, key] = [join(folder, "me.crt"), join(folder, "me.key")];
    writeFileSync(cert, "CERT-1");
    writeFileSync(key, "KEY");
    const reader = readerOf({ "client-certificate": cert, "client-key": key });
    const first = await reader.current();
    writeFileSync(cert, "CERT-2");
    assert.equal(await reader.current(), first);
    assert.equal((await reader.refresh(first))?.certificate?.cert.toString(), "CERT-2");
    writeFileSync(cert, "CERT-3");
    clock += 6 * 60_000;
    assert.equal((await reader.current()).certificate?.cert.toString(), "CERT-3");
  });

  it("runs a plugin once for all who ask, again when its credentials expire", async () => {
    const expires = new Date(clock + 100_000).toISOString();
    const { user, runs } = countingPlugin(
      "expiring",
      (run) => `{"token":"token-${run}","expirationTimestamp":"${expires}"}`,
    );
    const reader = readerOf(user);
    const all = await Promise.all(Array.from({ length: 20 }, () => reader.current()));
    assert.ok(all.every((identity) => identity === all[0]));
    assert.equal(all[0]?.headers["authorization"], "Bearer token-1");
    assert.equal(runs(), 1);
    clock += 94_000;
    assert.equal((await reader.current()).headers["authorization"], "Bearer token-1");
    clock += 2_000;
    assert.equal((await reader.current()).headers["authorization"], "Bearer token-2");
  });

  it("runs a plugin once for all who were refused, and not again within ten seconds", async () => {
    const { user, runs } = countingPlugin("refused", (run) => `{"token":"token-${run}"}`);
    const reader = readerOf(user);
    const first = await reader.current();
    const fresh = await Promise.all(Array.from({ length: 20 }, () => reader.refresh(first)));
    assert.ok(fresh.every((identity) => identity?.headers["authorization"] === "Bearer token-2"));
    assert.equal(runs(), 2);
    assert.equal(
      (await reader.refresh(first))?.headers["authorization"],
      "Bearer token-2",
      "who comes late gets what is fresh",
    );
    const second = await reader.current();
    assert.equal(await reader.refresh(second), null);
    assert.equal(runs(), 2);
    clock += 11_000;
    assert.equal((await reader.refresh(second))?.headers["authorization"], "Bearer token-3");
  });

  it("runs nothing where programs may not be run, nor where there is a token", async () => {
    const { user, runs } = countingPlugin("forbidden", () => `{"token":"t"}`);
    await assert.rejects(readerOf(user, false).current(), {
      code: "signed-out",
      detail: /only on a person's own machine/,
    });
    assert.equal((await readerOf({ ...user, token: "own" }).current()).headers["authorization"], "Bearer own");
    assert.equal(runs(), 0);
  });

  it("does not run a plugin that just failed for everyone who asks", async () => {
    const { user, runs } = countingPlugin("failing", () => `{}`);
    const reader = readerOf(user);
    for (let index = 0; index < 5; index++) await assert.rejects(reader.current(), { code: "signed-out" });
    assert.equal(runs(), 1);
    clock += 6_000;
    await assert.rejects(reader.current(), { code: "signed-out" });
    assert.equal(runs(), 2);
  });
});
