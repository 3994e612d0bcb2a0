import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../cluster/identities.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { sendRequest } from "../server/send-request.ts";
import type { Answer, Asked } from "../server/send-request.ts";
import { docker, tryDocker } from "./docker.ts";
import { manifestText } from "./manifest.ts";
import { buildStowageImage } from "./stowage-image.ts";

type Table = { total: number; rows: { name: string; namespace: string; node: string | null; source: string }[] };

const reader = "system:serviceaccount:stowage:stowage";

describe("deploy/stowage.yaml", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let image: string;
  let address: string;
  let applied: string;
  let ours = false;

  before(async () => {
    cluster = await runCluster();
    image = `${cluster.registry}/stowage-test/stowage:pod`;
    await buildStowageImage(cluster, image);
    await docker(cluster, ["push", image]);
    // What is there already is somebody else's, and would be taken away with ours.
    const there = await cluster.kubectl(["get", "--ignore-not-found", "--output=name", "-f", "-"], {
      input: manifest("stowage.yaml"),
    });
    assert.equal(there.trim(), "");
    ours = true;
    const { code, stdout, stderr } = await cluster.tryKubectl(["apply", "-f", "-"], {
      input: manifest("stowage.yaml"),
    });
    assert.equal(code, 0, stderr);
    applied = stdout + stderr;
    await cluster.kubectl([...inNamespace, "rollout", "status", "deployment/stowage", "--timeout=120s"]);
    address = await cluster.kubectl([...inNamespace, "get", "pods", "--output=jsonpath={.items[0].status.podIP}"]);
  });

  after(async () => {
    if (ours)
      await cluster.tryKubectl(["delete", "--ignore-not-found", "-f", "-"], { input: manifest("stowage.yaml") });
    await tryDocker(cluster, ["image", "rm", "--no-prune", image]);
  });

  const inNamespace = ["--namespace=stowage"];

  /** The file with the image's name replaced, and nothing else. */
  function manifest(name: string): string {
    return manifestText(name).replaceAll(/image: stowage:\S+/g, `image: ${image}`);
  }

  /** As a browser asks that came by the name in the manifest. */
  function ask(path: string, asked: Asked = {}): Promise<Answer> {
    const headers = { host: "stowage.example.com", ...asked.headers };
    return sendRequest(7117, path, { ...asked, address, headers });
  }

  function asked(path: string, identity: Identity): Promise<Answer> {
    return ask(path, { headers: { authorization: `Bearer ${cluster.token(identity)}` } });
  }

  /** All pods of somebody, page by page. */
  async function pods(identity: Identity): Promise<Table> {
    const rows: Table["rows"] = [];
    for (;;) {
      const answer = await asked(`/api/query?kind=pods&start=${rows.length}&count=500`, identity);
      assert.equal(answer.status, 200, answer.text);
      const page = JSON.parse(answer.text) as Table;
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) return { ...page, rows };
    }
  }

  test("the strictest pod security standard takes it", async () => {
    assert.doesNotMatch(applied, /warning/i);
    const spec = JSON.stringify({
      spec: { containers: [{ name: "x", image, securityContext: { privileged: true } }] },
    });
    const args = ["run", "x", `--image=${image}`, `--overrides=${spec}`, "--dry-run=server"];
    const refused = await cluster.tryKubectl([...inNamespace, ...args]);
    assert.match(refused.stderr, /violates PodSecurity "restricted/);
  });

  test("it runs on the real node and is behind its service", async () => {
    const node = await cluster.kubectl([...inNamespace, "get", "pods", "--output=jsonpath={.items[*].spec.nodeName}"]);
    assert.equal(node, "real-1");
    const slices = ["get", "endpointslices", "--output=jsonpath={.items[*].endpoints[*].addresses[*]}"];
    await waitUntil(async () => (await cluster.kubectl([...inNamespace, ...slices])) === address, {
      what: "the service to have the pod",
    });
  });

  test("an admin sees the cluster that it runs in, and it in the cluster", async () => {
    const { rows } = await waitUntil(
      async () => {
        const table = await pods("admin");
        return table.rows.some(({ namespace }) => namespace === "stowage") && table;
      },
      { what: "the cluster's pods", timeoutSeconds: 60 },
    );
    const own = rows.find(({ namespace }) => namespace === "stowage");
    assert.equal(own?.node, "real-1");
    const listed = await cluster.kubectl(["get", "pods", "--all-namespaces", "--no-headers"]);
    const namespaces = (lines: string[]) => [...new Set(lines)].toSorted();
    assert.deepEqual(
      namespaces(rows.map(({ namespace }) => namespace)),
      namespaces(
        listed
          .trim()
          .split("\n")
          .map((line) => line.split(" ")[0] ?? ""),
      ),
    );
    const page = await asked("/pods", "admin");
    assert.equal(page.status, 200);
    assert.ok(page.text.includes("in-cluster"));
  });

  test("the team sees its namespace and no other, and nobody sees nothing", async () => {
    const { rows } = await pods("team");
    assert.ok(rows.length > 0);
    assert.deepEqual([...new Set(rows.map(({ namespace }) => namespace))], ["shop"]);
    assert.equal((await pods("nobody")).total, 0);
    assert.equal((await ask("/api/query?kind=pods")).status, 401);
    const forged = { authorization: "Bearer not-a-token" };
    assert.equal((await ask("/api/query?kind=pods", { headers: forged })).status, 401);
  });

  test("people sign in with their own token, where nobody can listen", async () => {
    const signIn = (token: string, host: string) =>
      ask("/api/auth/sign-in", {
        method: "POST",
        headers: { host, origin: `http://${host}`, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ token }).toString(),
      });
    // As through `kubectl port-forward`.
    const signedIn = await signIn(cluster.token("team"), "localhost:7117");
    assert.deepEqual([signedIn.status, signedIn.headers.location], [303, "/"]);
    const cookie = signedIn.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    assert.match(cookie, /^__Host-/);
    const page = await ask("/pods", { headers: { cookie } });
    assert.deepEqual([page.status, page.text.includes("in-cluster")], [200, true]);
    const unknown = await signIn("not-a-token", "localhost:7117");
    assert.match(String(unknown.headers.location), /problem=token-unknown/);
    // No proxy is trusted as the file stands, and by this name the token came in the open.
    const open = await signIn(cluster.token("team"), "stowage.example.com");
    assert.match(String(open.headers.location), /problem=https-needed/);
  });

  test("its own credential reads and does nothing else", async () => {
    /** `exec` of `pods` as `pods/exec`, which kubectl itself would take for a pod of that name. */
    const may = async (verb: string, what: string): Promise<boolean> => {
      const [resource = "", part = ""] = what.split("/");
      const args = ["auth", "can-i", verb, resource, `--subresource=${part}`, `--as=${reader}`, "--all-namespaces"];
      const { stdout, stderr } = await cluster.tryKubectl(args);
      assert.match(stdout, /^(yes|no)/, stderr);
      return stdout.startsWith("yes");
    };
    const refused = [
      ["get", "secrets"],
      ["list", "secrets"],
      ["list", "configmaps"],
      ["get", "pods/log"],
      ["create", "pods/exec"],
      ["get", "pods/exec"],
      ["create", "pods/attach"],
      ["create", "pods/portforward"],
      ["create", "pods/ephemeralcontainers"],
      ["get", "nodes/proxy"],
      ["create", "nodes/proxy"],
      ["get", "pods/proxy"],
      ["impersonate", "users"],
      ["impersonate", "groups"],
      ["impersonate", "serviceaccounts"],
      ["create", "serviceaccounts/token"],
      ["create", "tokenreviews.authentication.k8s.io"],
      ["create", "subjectaccessreviews.authorization.k8s.io"],
      ["bind", "clusterroles.rbac.authorization.k8s.io"],
      ["create", "pods"],
      ["patch", "deployments.apps"],
      ["update", "deployments.apps/scale"],
      ["delete", "pods"],
      ["create", "pods/eviction"],
    ] as const;
    for (const [verb, resource] of refused) {
      const everywhere = await may(verb, resource);
      assert.deepEqual([verb, resource, everywhere], [verb, resource, false]);
    }
    assert.equal(await may("watch", "pods"), true);
    assert.equal(await may("list", "nodes"), true);
    // Rules, as the API server counts them up: what every account has, and reading.
    const rules = await cluster.kubectl(["auth", "can-i", "--list", `--as=${reader}`, "--no-headers", ...inNamespace]);
    const written = rules
      .split("\n")
      .filter((line) => /\[[^[\]]*(create|update|patch|delete|\*|impersonate|escalate|bind)[^[\]]*\]\s*$/.test(line))
      .map((line) => line.split(/\s+/)[0] ?? "")
      .toSorted();
    assert.deepEqual(written, [
      "selfsubjectaccessreviews.authorization.k8s.io",
      "selfsubjectreviews.authentication.k8s.io",
      "selfsubjectrulesreviews.authorization.k8s.io",
    ]);
  });

  test("the other manifests are ones that the API server takes", async () => {
    for (const name of ["status-page.yaml", "network-policy.yaml"]) {
      const tried = await cluster.tryKubectl(["apply", "--dry-run=server", "-f", "-"], { input: manifest(name) });
      assert.deepEqual([tried.code, /warning/i.test(tried.stderr)], [0, false], tried.stderr);
    }
  });
});
