import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { inClusterContext } from "./in-cluster.ts";
import type { KubeContext, Kubeconfig } from "./kubeconfig.ts";
import { loadKubeconfig } from "./kubeconfig.ts";

const root = mkdtempSync(join(tmpdir(), "stowage-kubeconfig-"));
after(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
/** Writes files by relative path into a folder of their own, and says where it is. */
function folderWith(files: Record<string, string>): string {
  const folder = join(root, String(folders++));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function load(folder: string, ...names: string[]): Promise<Kubeconfig> {
  return loadKubeconfig({ KUBECONFIG: names.map((name) => join(folder, name)).join(":") }, "/nowhere");
}

function whole(config: Kubeconfig, name: string): Extract<KubeContext, { problem: null }> {
  const context = config.contexts.find((each) => each.name === name);
  assert.ok(context !== undefined && context.problem === null, context?.problem ?? `no context ${name}`);
  return context;
}

function problemOf(config: Kubeconfig, name: string): string {
  return config.contexts.find((each) => each.name === name)?.problem ?? "";
}

const minimal = (name: string, server: string, user = "token: t") => `
clusters: [{name: ${name}, cluster: {server: "${server}"}}]
users: [{name: ${name}, user: {${user}}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
`;

describe("loadKubeconfig", () => {
  it("merges the files of KUBECONFIG: the first entry of a name holds, whole", async () => {
    const folder = folderWith({
      a: `${minimal("one", "https://first")}\ncurrent-context: ""`,
      b: minimal("one", "https://second", "username: u, password: p"),
      c: minimal("three", "https://three"),
    });
    const config = await load(folder, "a", "missing", "b", "c", "a");
    assert.deepEqual(
      config.contexts.map(({ name }) => name),
      ["one", "three"],
    );
    assert.equal(config.lookedFor.length, 4);
    assert.equal(whole(config, "one").cluster.entry.server, "https://first");
    assert.deepEqual(whole(config, "one").user.entry, { token: "t" });
    assert.deepEqual(config.broken, []);
    assert.equal(whole(await load(folder, "b", "a"), "one").cluster.entry.server, "https://second");
  });

  it("joins a context with a cluster and a user of other files, and takes the first current-context", async () => {
    const folder = folderWith({
      a: "current-context: c\nclusters: [{name: k, cluster: {server: https://a}}]",
      b: "current-context: other\nclusters: [{name: k, cluster: {server: https://b}}]\nusers: [{name: u, user: {token: t}}]",
      c: "contexts: [{name: c, context: {cluster: k, user: u, namespace: shop}}]",
    });
    const config = await load(folder, "a", "b", "c");
    assert.equal(config.currentContext, "c");
    assert.equal(whole(config, "c").cluster.entry.server, "https://a");
    assert.equal(whole(config, "c").namespace, "shop");
  });

  it("reads ~/.kube/config where KUBECONFIG is not set, and says where it looked", async () => {
    const folder = folderWith({ ".kube/config": minimal("home", "https://home") });
    assert.equal(whole(await loadKubeconfig({}, folder), "home").file, join(folder, ".kube/config"));
    const none = await loadKubeconfig({ KUBECONFIG: "" }, join(folder, "empty"));
    assert.deepEqual(none.contexts, []);
    assert.deepEqual(none.lookedFor, [join(folder, "empty/.kube/config")]);
  });

  it("takes relative paths from the folder of the file that holds them", async () => {
    const user =
      "client-certificate: certs/me.crt, client-key: /abs/me.key, tokenFile: ../token, exec: {command: bin/login, apiVersion: client.authentication.k8s.io/v1}";
    const folder = folderWith({
      "deep/a": minimal("one", "https://one", user).replace(
        'server: "https://one"',
        'server: "https://one", certificate-authority: ca.crt',
      ),
    });
    const { cluster, user: found } = whole(await load(folder, "deep/a"), "one");
    assert.equal(cluster.entry["certificate-authority"], join(folder, "deep/ca.crt"));
    assert.equal(found.entry["client-certificate"], join(folder, "deep/certs/me.crt"));
    assert.equal(found.entry["client-key"], "/abs/me.key");
    assert.equal(found.entry.tokenFile, join(folder, "token"));
    assert.equal(found.entry.exec?.command, join(folder, "deep/bin/login"));
  });

  it("leaves a plugin's bare name to PATH", async () => {
    const folder = folderWith({
      a: minimal("one", "https://one", "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1beta1}"),
    });
    assert.equal(whole(await load(folder, "a"), "one").user.entry.exec?.command, "aws");
  });

  it("reads JSON, anchors and empty files, and refuses what grows without end", async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
      .split("")
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[index]}`).join(",")}]`)
      .join("\n")}`;
    const folder = folderWith({
      json: JSON.stringify({
        clusters: [{ name: "j", cluster: { server: "https://j" } }],
        users: [{ name: "j", user: null }],
        contexts: [{ name: "j", context: { cluster: "j", user: "j" } }],
      }),
      empty: "",
      nulls: "clusters: null\nusers:\ncontexts: []\ncurrent-context: ''",
      bomb,
    });
    const config = await load(folder, "json", "empty", "nulls", "bomb");
    assert.deepEqual(
      config.contexts.map(({ name, problem }) => [name, problem]),
      [["j", null]],
    );
    assert.equal(config.currentContext, null);
    assert.equal(config.broken.length, 1);
  });

  it("breaks only what refers to a broken file, and never shows its text", async () => {
    const folder = folderWith({
      good: minimal("good", "https://good"),
      bad: "users:\n- name: u\n  user:\n    token: very-secret\n   x: [very-secret",
      list: "- a",
      refers: "contexts: [{name: lost, context: {cluster: good, user: u}}]",
    });
    const config = await load(folder, "bad", "good", "list", "refers");
    assert.equal(whole(config, "good").problem, null);
    assert.match(problemOf(config, "lost"), /context “lost” in .*refers: there is no user “u”; it may be in .*bad/);
    assert.deepEqual(
      config.broken.map(({ file }) => file),
      [join(folder, "bad"), join(folder, "list")],
    );
    assert.match(config.broken[0]?.problem ?? "", /^line \d is not YAML/);
    assert.doesNotMatch(JSON.stringify(config.broken), /very-secret/);
  });

  it("says what is wrong with an entry, and with which", async () => {
    const cases: [text: string, problem: RegExp][] = [
      [minimal("x", "ftp://x"), /not an https or http address/],
      [minimal("x", ""), /no server address/],
      [minimal("x", "https://u:p@x"), /holds a user and password/],
      [minimal("x", "https://x", "client-certificate-data: aa"), /without a client key/],
      [minimal("x", "https://x", "token: t, username: u"), /both a token and a password/],
      [minimal("x", "https://x", "as-groups: [g]"), /groups without a user/],
      [minimal("x", "https://x", "auth-provider: {name: gcp}"), /auth-provider “gcp”.*removed/],
      [minimal("x", "https://x", "exec: {apiVersion: client.authentication.k8s.io/v1}"), /no command/],
      [minimal("x", "https://x", "exec: {command: a, apiVersion: client.authentication.k8s.io/v1alpha1}"), /v1alpha1/],
      [minimal("x", "https://x", "token: [t]"), /user “x” in .*: token: /],
      [minimal("x", "https://x", "token: 12"), /user “x” in .*: token: /],
      [minimal("x", "https://x").replace("user: x}", "user: x, namespace: n}"), /namespace: .*boolean/],
      [
        minimal("x", "https://x").replace("users: [", "users: [{name: x, user: {token: other}}, "),
        /user “x” in .*: the file has it twice/,
      ],
      [minimal("x", "https://x").replace("user: x", "user: ''"), /names no user/],
      [minimal("x", "https://x").replace("cluster: x,", "cluster: z,"), /there is no cluster “z”/],
      [
        minimal("x", "https://x").replace(
          "{server",
          "{insecure-skip-tls-verify: true, certificate-authority: a, server",
        ),
        /keep one/,
      ],
    ];
    for (const [text, problem] of cases)
      assert.match(problemOf(await load(folderWith({ a: text }), "a"), "x"), problem, text);
  });

  it("says when a file is a folder", async () => {
    const folder = folderWith({ "a/b": "" });
    assert.match((await load(folder, "a")).broken[0]?.problem ?? "", /EISDIR/);
  });
});

describe("inClusterContext", () => {
  const env = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };

  it("is the pod's service account", async () => {
    const folder = folderWith({ token: "t", "ca.crt": "ca", namespace: "stowage\n" });
    const context = await inClusterContext(env, folder);
    assert.ok(context !== null && context.problem === null);
    assert.equal(context.cluster.entry.server, "https://[fd00::1]:443");
    assert.equal(context.cluster.entry["certificate-authority"], join(folder, "ca.crt"));
    assert.equal(context.user.entry.tokenFile, join(folder, "token"));
    assert.equal(context.namespace, "stowage");
  });

  it("is nothing outside of a pod", async () => {
    assert.equal(await inClusterContext({}, folderWith({ token: "t" })), null);
    assert.equal(await inClusterContext(env, join(root, "nowhere")), null);
  });
});
