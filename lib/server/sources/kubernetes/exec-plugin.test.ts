import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { runExecPlugin } from "./exec-plugin.ts";
import type { PluginOptions } from "./exec-plugin.ts";
import type { ExecEntry } from "./kubeconfig-schema.ts";

const folder = mkdtempSync(join(tmpdir(), "stowage-plugin-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const apiVersion = "client.authentication.k8s.io/v1";
const answer = (status: object) => JSON.stringify({ kind: "ExecCredential", apiVersion, status });

/** Runs a script of /bin/sh as the plugin. */
function run(script: string, exec: Partial<ExecEntry> = {}, options: Partial<PluginOptions> = {}) {
  const file = join(folder, "plugin.sh");
  writeFileSync(file, script);
  return runExecPlugin({
    exec: { command: "/bin/sh", args: [file, "first argument"], apiVersion, ...exec },
    cluster: { server: "https://kube" },
    env: { PATH: process.env["PATH"], INHERITED: "yes" },
    ...options,
  });
}

describe("runExecPlugin", () => {
  it("gives it arguments, environment and what it is asked for, and takes token and expiry", async () => {
    const script = `
      [ "$1 $INHERITED $OWN" = "first argument yes its-own" ] || exit 9
      echo "$KUBERNETES_EXEC_INFO" > ${folder}/info
      echo '${answer({ token: "from-plugin", expirationTimestamp: "2030-01-01T00:00:00Z" })}'`;
    const credentials = await run(script, { env: [{ name: "OWN", value: "its-own" }], provideClusterInfo: true });
    assert.deepEqual(credentials, {
      token: "from-plugin",
      certificate: null,
      expires: Date.parse("2030-01-01T00:00:00Z"),
    });
    const { readFileSync } = await import("node:fs");
    assert.deepEqual(JSON.parse(readFileSync(join(folder, "info"), "utf8")), {
      kind: "ExecCredential",
      apiVersion,
      spec: { cluster: { server: "https://kube" }, interactive: false },
    });
  });

  it("tells nothing of the cluster unless it is asked to, and lends no terminal", async () => {
    const { token } = await run(
      `read line; case "$KUBERNETES_EXEC_INFO" in *cluster*) exit 9;; esac; echo '${answer({ token: "t" })}'`,
    );
    assert.equal(token, "t");
  });

  it("takes a client certificate", async () => {
    const { certificate, token } = await run(
      `echo '${answer({ clientCertificateData: "CERT", clientKeyData: "KEY" })}'`,
    );
    assert.equal(certificate?.cert.toString(), "CERT");
    assert.equal(token, null);
  });

  it("says what went wrong, without what looks like a secret", async () => {
    const cases: [script: string, exec: Partial<ExecEntry>, detail: RegExp][] = [
      [
        "",
        { command: "no-such-plugin", installHint: "brew install it" },
        /no-such-plugin is not installed: brew install it$/,
      ],
      [
        "echo 'Bearer abcdef eyJhbGciOiJ.eyJzdWIi.c2ln at https://me:pw@host' >&2; printf '\\033[31mred' >&2; exit 3",
        {},
        /failed \(exit code 3\): Bearer \[token\] \[token\] at https:\/\/\[credentials\]@hostred$|failed \(exit code 3\)/,
      ],
      ["echo hello", {}, /something other than an ExecCredential/],
      [
        `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t"}}'`,
        {},
        /answered as .*v1beta1/,
      ],
      [`echo '${answer({})}'`, {}, /neither a token nor/],
      [`echo '${answer({ clientKeyData: "KEY" })}'`, {}, /a key without its certificate/],
      ["true", { interactiveMode: "Always" }, /wants a terminal/],
      ["yes", {}, /printed more than 1 MiB/],
    ];
    for (const [script, exec, detail] of cases)
      await assert.rejects(run(script, exec), { code: "signed-out", detail }, script);
  });

  it("does not wait longer than it may, not even for a grandchild that holds the pipe", async () => {
    await assert.rejects(run("sleep 5 & sleep 5", {}, { timeout: 50 }), {
      code: "signed-out",
      detail: /did not answer within 0.05 s/,
    });
  });
});
