import { randomBytes } from "node:crypto";

import type { Cluster } from "../cluster/cluster.ts";
import { onFakeNodes } from "../cluster/seed/pod-template.ts";

/** A namespace of a test's own with one Deployment in it, so that what it changes is nobody else's. */
export class TestWorkload {
  readonly namespace: string;
  readonly name = "sail";
  private readonly cluster: Cluster;

  private constructor(cluster: Cluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  static async create(cluster: Cluster, replicas: number): Promise<TestWorkload> {
    const workload = new TestWorkload(cluster, `live-${randomBytes(3).toString("hex")}`);
    const labels = { app: workload.name };
    const spec = {
      ...onFakeNodes,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: "main", image: "example.test/sail:1" }],
    };
    const template = { metadata: { labels }, spec };
    await workload.apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: workload.namespace } },
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: workload.name, namespace: workload.namespace },
        spec: { replicas, selector: { matchLabels: labels }, template },
      },
    ]);
    return workload;
  }

  async scale(replicas: number): Promise<void> {
    await this.kubectl("scale", `deployment/${this.name}`, `--replicas=${replicas}`);
  }

  /** kubectl in this namespace. */
  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(["--namespace", this.namespace, ...args]);
  }

  async apply(items: object[]): Promise<void> {
    await this.cluster.kubectl(["apply", "-f", "-"], {
      input: JSON.stringify({ apiVersion: "v1", kind: "List", items }),
    });
  }

  /** Leaves the rest to the namespace controller. */
  async remove(): Promise<void> {
    await this.cluster.kubectl(["delete", "namespace", this.namespace, "--wait=false"]);
  }
}
