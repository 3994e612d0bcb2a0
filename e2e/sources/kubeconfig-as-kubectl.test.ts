import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { loadKubeconfig } from "../../lib/server/sources/kubernetes/kubeconfig.ts";
import { missing } from "../../tools/real-parts.ts";
import { binary } from "../cluster/binaries.ts";

type Named = { name: string } & Record<string, unknown>;
type View = { "current-context": string; clusters: Named[]; users: Named[]; contexts: Named[] };

const folder = mkdtempSync(join(tmpdir(), "stowage-as-kubectl-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Built with the cluster that the tests start. */
const kubectl = binary("kubectl");

/** What kubectl makes of a list of files. */
async function viewOf(list: string): Promise<View> {
  const env = { ...process.env, KUBECONFIG: list };
  const { stdout } = await promisify(execFile)(kubectl, ["config", "view", "--raw", "-o", "json"], { env });
  return JSON.parse(stdout) as View;
}

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Without what kubectl leaves out when it is empty. */
function stated(entry: object): object {
  return JSON.parse(JSON.stringify(entry), (_, value: unknown) => value ?? undefined) as object;
}

/** kubectl prints paths as the file has them, and uses them from its folder; only deep/a has relative ones. */
function used(entry: unknown): object {
  const paths = new Set(["certificate-authority", "client-certificate", "client-key", "tokenFile"]);
  return JSON.parse(JSON.stringify(entry), (key, value: unknown) =>
    paths.has(key) && typeof value === "string" ? resolve(folder, "deep", value) : value,
  ) as object;
}

write({
  "deep/a": `
current-context: one
clusters: [{name: k, cluster: {server: "https://a", certificate-authority: ca.crt, proxy-url: "socks5://p:1", tls-server-name: kube}}]
users:
- name: u
  user: {tokenFile: ../tok, as: jane, as-groups: [g, h], as-user-extra: {reason: [p, q]}}
- name: bin
  user: {client-certificate: certs/me.crt, client-key: /abs/me.key}
`,
  b: `
current-context: two
clusters:
- {name: k, cluster: {server: "https://b"}}
- {name: j, cluster: {server: "https://j", insecure-skip-tls-verify: yes, disable-compression: true}}
users: [{name: u, user: {token: t}}, {name: w, user: {username: a, password: b}}]
contexts:
- {name: one, context: {cluster: k, user: u, namespace: shop}}
- {name: two, context: {cluster: j, user: w}}
- {name: 2026-01-02, context: {cluster: j, user: bin}}
`,
  c: JSON.stringify({ contexts: [{ name: "one", context: { cluster: "j", user: "w" } }] }),
  empty: "",
});

for (const list of [
  ["deep/a", "b", "c"],
  ["c", "b", "deep/a"],
  ["b", "missing", "empty", "deep/a", "b"],
  ["missing"],
  [""],
]) {
  test(`KUBECONFIG=${list.join(":")} means what it means to kubectl`, { skip: missing("own-cluster") }, async () => {
    const paths = list.map((name) => (name === "" ? "" : join(folder, name))).join(":");
    const view = await viewOf(paths || join(folder, "missing"));
    const config = await loadKubeconfig({ KUBECONFIG: paths }, join(folder, "missing"));
    assert.equal(config.currentContext ?? "", view["current-context"]);
    assert.deepEqual(
      new Set(config.contexts.map(({ name }) => name)),
      new Set((view.contexts ?? []).map(({ name }) => name)),
    );
    for (const context of config.contexts) {
      const expected = view.contexts.find(({ name }) => name === context.name)?.["context"] as Record<string, string>;
      if (context.problem !== null) {
        const whole =
          view.users?.some(({ name }) => name === expected["user"]) &&
          view.clusters?.some(({ name }) => name === expected["cluster"]);
        assert.equal(whole, false, context.problem);
        continue;
      }
      assert.equal(context.namespace ?? undefined, expected["namespace"]);
      const cluster = view.clusters.find(({ name }) => name === expected["cluster"])?.["cluster"];
      const user = view.users.find(({ name }) => name === expected["user"])?.["user"];
      assert.deepEqual(stated(context.cluster.entry), used(cluster));
      assert.deepEqual(stated(context.user.entry), used(user));
    }
  });
}
