import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { digestOf, sendJson, startTestRegistry } from "../../lib/server/registries/testing/test-registry.ts";
import type { TestRegistry } from "../../lib/server/registries/testing/test-registry.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

const config = {
  os: "linux",
  architecture: "amd64",
  rootfs: { type: "layers", diff_ids: [`sha256:${"a".repeat(64)}`] },
};
const manifest = {
  schemaVersion: 2,
  config: {
    mediaType: "application/vnd.oci.image.config.v1+json",
    digest: digestOf(config),
    size: JSON.stringify(config).length,
  },
  layers: [
    { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: `sha256:${"1".repeat(64)}`, size: 1_000 },
  ],
};
const password = randomBytes(12).toString("hex");
const wanted = `Basic ${Buffer.from(`robot:${password}`).toString("base64")}`;

type Told = { signedBy?: string; config?: { digest: string }; error?: { code: string } };

suite("a pod's pull secret in the team face", { skip: missing("own-cluster") }, () => {
  const namespace = `pull-${randomBytes(3).toString("hex")}`;
  const folder = mkdtempSync(join(tmpdir(), "stowage-pull-"));
  let cluster: Cluster;
  let registry: TestRegistry;
  let stowage: RunningStowage;

  before(async () => {
    cluster = await runCluster();
    registry = await startTestRegistry(({ path, authorization }, response) => {
      if (authorization !== wanted) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="shop"' }).end();
        return;
      }
      if (path.endsWith("/manifests/1")) sendJson(response, manifest, { "docker-content-digest": digestOf(manifest) });
      else if (path.includes("/blobs/")) sendJson(response, config);
      else response.writeHead(404).end();
    });
    const team = await cluster.kubectl(["auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"], {
      as: "team",
    });
    await cluster.kubectl(["apply", "-f", "-"], { input: JSON.stringify(objects(namespace, registry.host, team)) });
    const file = join(folder, "registries.yaml");
    writeFileSync(file, `registries: [{ host: "${registry.host}" }]`);
    stowage = await startStowage({
      kubeconfig: cluster.kubeconfig("admin"),
      args: ["--face", "team", "--registries", file],
    });
  });

  after(async () => {
    await stowage?.stop();
    registry?.close();
    await cluster?.kubectl(["delete", "namespace", namespace, "--wait=false"]);
    rmSync(folder, { recursive: true });
  });

  async function image(asker: "admin" | "team", query: string): Promise<Told> {
    const path = `/api/registries/${encodeURIComponent(registry.host)}/shop/web?ref=1${query}`;
    const { text } = await stowage.get(path, cluster.token(asker));
    assert.ok(!text.includes(password), "no secret leaves the server");
    return JSON.parse(text) as Told;
  }

  test("is used for whoever may read it, told to whoever may not, and kept for nobody", async () => {
    const pod = `&pod=stowage-${cluster.name}/${namespace}/web`;
    assert.equal((await image("admin", "")).error?.code, "registry-login");
    const read = await image("admin", pod);
    assert.deepEqual([read.signedBy, read.config?.digest], ["pull-secret", digestOf(config)]);
    // Sees the pod, and none of its secrets: the registry is asked as anybody, who gets nothing of what was read before.
    assert.equal((await image("team", pod)).error?.code, "registry-login");
    assert.equal((await image("admin", "")).error?.code, "registry-login");
    assert.equal((await image("team", `${pod}x`)).error?.code, "not-found");
  });

  test("is shown to no registry that nobody configured", async () => {
    const other = await startTestRegistry((_, response) => void response.writeHead(404).end());
    const path = `/api/registries/${encodeURIComponent(other.host)}/shop/web?ref=1&pod=stowage-${cluster.name}/${namespace}/web`;
    const { status } = await stowage.get(path, cluster.token("admin"));
    assert.equal(status, 404);
    assert.equal(other.heard.length, 0);
    other.close();
  });
});

/** A pod that nobody runs, with a secret that `team` may not read. */
function objects(namespace: string, host: string, team: string) {
  const auths = { [host]: { username: "robot", password } };
  const named = (name: string) => ({ name, namespace });
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      // A namespace gets its own one only after a while.
      { apiVersion: "v1", kind: "ServiceAccount", metadata: named("web") },
      {
        apiVersion: "v1",
        kind: "Secret",
        type: "kubernetes.io/dockerconfigjson",
        metadata: named("pull"),
        stringData: { ".dockerconfigjson": JSON.stringify({ auths }) },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: named("web"),
        spec: {
          schedulerName: "none",
          serviceAccountName: "web",
          automountServiceAccountToken: false,
          imagePullSecrets: [{ name: "pull" }],
          containers: [{ name: "main", image: `${host}/shop/web:1` }],
        },
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata: named("pods"),
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: named("pods"),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "pods" },
        subjects: [{ kind: "User", name: team, apiGroup: "rbac.authorization.k8s.io" }],
      },
    ],
  };
}
