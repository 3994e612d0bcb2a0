import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { ClusterOptions, OpenClusters } from "./open-clusters.ts";
import { openClusters } from "./open-clusters.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import { testAuthority } from "./testing/test-certificates.ts";
import { asReader } from "./testing/test-transport.ts";

const folder = mkdtempSync(join(tmpdir(), "stowage-clusters-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function openKubeconfig(
  config: object | string,
  { path = join(folder, String(files++)), ...options }: Partial<ClusterOptions> & { path?: string } = {},
): Promise<OpenClusters> {
  writeFileSync(path, typeof config === "string" ? config : JSON.stringify(config));
  const env = { KUBECONFIG: path };
  return openClusters({ env, home: folder, contexts: [], allowExec: false, version: "1.2.3", ...options });
}

const config = {
  "current-context": "shop/web",
  clusters: ["a", "b"].map((name) => ({ name, cluster: { server: `https://${name}.test` } })),
  users: ["me", "admin"].map((name) => ({ name, user: { token: name } })),
  contexts: [
    { name: "broken", context: { cluster: "missing", user: "me" } },
    { name: "b", context: { cluster: "b", user: "me" } },
    { name: "shop/api", context: { cluster: "a", user: "me", namespace: "api" } },
    { name: "shop/web", context: { cluster: "a", user: "me", namespace: "web" } },
    { name: "a-admin", context: { cluster: "a", user: "admin" } },
  ],
};

describe("openClusters", () => {
  it("makes a source of each cluster and user, the current context's first", async () => {
    const { sources, problems } = await openKubeconfig(config);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      sources.map(({ slug, aliases, title, defaultNamespace, namespaces }) => ({
        slug,
        aliases,
        title,
        defaultNamespace,
        namespaces,
      })),
      [
        {
          slug: "shop-api",
          aliases: ["shop-web"],
          title: "shop/api",
          defaultNamespace: "web",
          namespaces: ["api", "web"],
        },
        { slug: "broken", aliases: [], title: "broken", defaultNamespace: null, namespaces: [] },
        { slug: "b", aliases: [], title: "b", defaultNamespace: null, namespaces: [] },
        { slug: "a-admin", aliases: [], title: "a-admin", defaultNamespace: null, namespaces: [] },
      ],
    );
  });

  it("keeps slugs when the current context changes", async () => {
    const slugs = async (current: string) =>
      (await openKubeconfig({ ...config, "current-context": current })).sources.map(({ slug }) => slug).toSorted();
    assert.deepEqual(await slugs("b"), await slugs("shop/web"));
  });

  it("answers everything asked of a broken context with what is wrong, and lets the others be", async () => {
    const { sources } = await openKubeconfig(config);
    const broken = sources.find(({ slug }) => slug === "broken");
    assert.match(broken?.problem?.message ?? "", /there is no cluster “missing”/);
    await assert.rejects(broken?.version(asReader) ?? Promise.resolve(), {
      code: "source-unreachable",
      detail: /context “broken” in /,
    });
    assert.ok(sources.filter(({ slug }) => slug !== "broken").every(({ problem }) => problem === null));
  });

  it("opens only the contexts that were asked for, and names those that are not there", async () => {
    const { sources, problems } = await openKubeconfig(config, { contexts: ["shop/web", "nope"] });
    assert.deepEqual(
      sources.map(({ slug }) => slug),
      ["shop-web"],
    );
    assert.match(problems[0] ?? "", /there is no context “nope”/);
  });

  it("says where it looked when there is nothing, and what it could not read", async () => {
    const none = await openClusters({
      env: {},
      home: join(folder, "empty"),
      contexts: [],
      allowExec: true,
      version: "1",
      serviceAccount: join(folder, "sa"),
    });
    assert.deepEqual(
      [none.sources, none.problems, none.lookedFor],
      [[], [], [join(folder, "empty/.kube/config"), join(folder, "sa")]],
    );
    const bad = await openKubeconfig("a: [");
    assert.match(bad.problems[0] ?? "", /line 1 is not YAML/);
    assert.deepEqual(bad.sources, []);
  });

  it("is the pod's own cluster when there is no kubeconfig", async () => {
    for (const [name, text] of Object.entries({ token: "sa-token", "ca.crt": "", namespace: "stowage" }))
      writeFileSync(join(folder, name), text);
    const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443" };
    const { sources } = await openClusters({
      env,
      home: join(folder, "empty"),
      contexts: [],
      allowExec: false,
      version: "1",
      serviceAccount: folder,
    });
    assert.deepEqual(
      sources.map(({ slug, server, defaultNamespace }) => [slug, server, defaultNamespace]),
      [["in-cluster", "https://10.0.0.1", "stowage"]],
    );
  });

  it("connects as the kubeconfig says: authority and certificate from data, name, token of another file, impersonation", async () => {
    const authority = testAuthority();
    const client = authority.client("jane");
    const server = await startApiServer({
      authority,
      pair: authority.server(["DNS:kube.test"]),
      handle: (_, response) => answerJson(response, 200, { gitVersion: "v1.0.0" }),
    });
    const base64 = (bytes: Buffer) => bytes.toString("base64");
    const { sources } = await openKubeconfig({
      clusters: [
        {
          name: "k",
          cluster: {
            server: `${server.url.href}prefix/`,
            "tls-server-name": "kube.test",
            "certificate-authority-data": base64(authority.ca),
          },
        },
      ],
      users: [
        {
          name: "u",
          user: {
            "client-certificate-data": base64(client.cert),
            "client-key-data": base64(client.key),
            as: "boss",
            "as-groups": ["x", "y"],
          },
        },
      ],
      contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
    });
    const [source] = sources;
    assert.equal((await source?.version(asReader))?.gitVersion, "v1.0.0");
    const [seen] = server.seen;
    assert.equal(seen?.certificate, "jane");
    assert.equal(seen?.url, "/prefix/version");
    assert.equal(seen?.headers["impersonate-user"], "boss");
    assert.equal(seen?.headers["user-agent"], "stowage/1.2.3");
    source?.close();
    await server.close();
  });

  it("signs in with the token that the kubeconfig has by now", async () => {
    const server = await startApiServer({
      speaks: "plain",
      handle: (request, response) =>
        answerJson(response, request.headers.authorization === "Bearer new" ? 200 : 401, { gitVersion: "v1.0.0" }),
    });
    const path = join(folder, "rewritten");
    const kubeconfig = (token: string) =>
      JSON.stringify({
        clusters: [{ name: "k", cluster: { server: server.url.href } }],
        users: [{ name: "u", user: { token } }],
        contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
      });
    const { sources } = await openKubeconfig(kubeconfig("old"), { credentialsOverHttp: true, path });
    writeFileSync(path, kubeconfig("new"));
    assert.equal((await sources[0]?.version(asReader))?.gitVersion, "v1.0.0");
    assert.equal(server.seen.length, 2);
    sources[0]?.close();
    await server.close();
  });

  it("delays none by one that is down", async () => {
    const server = await startApiServer({
      speaks: "plain",
      handle: (_, response) => answerJson(response, 200, { gitVersion: "v1.0.0" }),
    });
    const { sources } = await openKubeconfig({
      clusters: [
        { name: "down", cluster: { server: "https://127.0.0.1:1" } },
        { name: "up", cluster: { server: server.url.href } },
      ],
      users: [{ name: "u", user: {} }],
      contexts: [
        { name: "down", context: { cluster: "down", user: "u" } },
        { name: "up", context: { cluster: "up", user: "u" } },
      ],
    });
    const [down, up] = await Promise.allSettled(sources.map((source) => source.version(asReader)));
    assert.equal(down?.status, "rejected");
    assert.equal(up?.status, "fulfilled");
    for (const source of sources) source.close();
    await server.close();
  });
});
