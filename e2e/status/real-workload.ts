import { randomBytes } from "node:crypto";

import type { Cluster } from "../cluster/cluster.ts";

/** A deployment of the test's own, with a service before it, whose containers run: the shop's web servers once more, in a namespace of their own. */
export class RealWorkload {
  readonly namespace = `status-${randomBytes(3).toString("hex")}`;
  readonly name = "sail";
  private readonly cluster: Cluster;

  private constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  static async create(cluster: Cluster, replicas: number): Promise<RealWorkload> {
    const workload = new RealWorkload(cluster);
    const { name, namespace } = workload;
    const read = async (object: string, path: string) =>
      JSON.parse(await cluster.kubectl(["get", object, "-n", "shop", "-o", `jsonpath={${path}}`])) as object;
    const spec = await read("deployment/web", ".spec.template.spec");
    const data = await read("configmap/web-config", ".data");
    const labels = { app: name };
    const template = { metadata: { labels }, spec: { ...spec, terminationGracePeriodSeconds: 1 } };
    const items = [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web-config", namespace }, data },
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name, namespace },
        spec: { replicas, strategy: { type: "Recreate" }, selector: { matchLabels: labels }, template },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] },
      },
    ];
    await cluster.kubectl(["apply", "-f", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }) });
    await workload.kubectl("rollout", "status", `deployment/${name}`, "--timeout=90s");
    return workload;
  }

  /** Takes every pod away and lets none be scheduled. */
  async breakAll(): Promise<void> {
    await this.selectNodes({ "stowage.test/no": "where" });
  }

  async heal(): Promise<void> {
    await this.selectNodes({ "stowage.test/no": null });
  }

  /** How many of its pods are ready, by the API server. */
  async ready(): Promise<number> {
    const path = "jsonpath={.status.readyReplicas}";
    return Number(await this.kubectl("get", `deployment/${this.name}`, "-o", path));
  }

  /** Leaves the rest to the namespace controller. */
  async remove(): Promise<void> {
    await this.cluster.kubectl(["delete", "namespace", this.namespace, "--wait=false"]);
  }

  private async selectNodes(nodeSelector: object): Promise<void> {
    const patch = JSON.stringify({ spec: { template: { spec: { nodeSelector } } } });
    await this.kubectl("patch", `deployment/${this.name}`, "--type=merge", "-p", patch);
  }

  private kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(["--namespace", this.namespace, ...args]);
  }
}
