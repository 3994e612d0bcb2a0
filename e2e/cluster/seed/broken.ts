import type { ClusterPlan } from "../options.ts";
import type { KubeObject } from "../resource-path.ts";
import { labelsOf, podTemplate, selectorOf, shopImage } from "./pod-template.ts";
import type { Workload } from "./pod-template.ts";

const small = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };

function broken(plan: ClusterPlan, workload: Workload, state: string | undefined, container: object): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: workload.name, namespace: workload.namespace, labels: labelsOf(workload) },
    spec: {
      replicas: 1,
      selector: { matchLabels: selectorOf(workload) },
      template: podTemplate(plan, workload, { containers: [{ name: "main", resources: small, ...container }] }, state),
    },
  };
}

const shop = (name: string, component = "backend"): Workload => ({
  name,
  namespace: "shop",
  component,
  partOf: "shop",
});
const pay = (name: string, component = "backend"): Workload => ({
  name,
  namespace: "pay",
  component,
  partOf: "payments",
});

/** What is wrong, each thing in one way only. */
export function brokenObjects(plan: ClusterPlan): KubeObject[] {
  const sh = (text: string) => ({ image: shopImage(plan, "tools"), command: ["/bin/sh", "-c", text] });
  return [
    // Says why, then ends with 1: its last words are in the log and in its termination message.
    broken(plan, pay("gateway"), "crash-loop", {
      ...sh('echo "connecting to ledger:5432"; sleep 1; echo "FATAL: ledger:5432: connection refused" >&2; exit 1'),
      terminationMessagePolicy: "FallbackToLogsOnError",
    }),
    // Fits nowhere.
    broken(plan, shop("recommender"), undefined, {
      image: shopImage(plan, "worker"),
      resources: { requests: { cpu: "512", memory: "16Mi" } },
    }),
    // The registry has no such tag.
    broken(plan, shop("checkout", "frontend"), "image-pull", { image: shopImage(plan, "web", "1.5.0-rc1") }),
    // Runs, and is never ready.
    broken(plan, pay("risk"), "not-ready", {
      image: shopImage(plan, "worker"),
      readinessProbe: { exec: { command: ["/bin/sh", "-c", 'echo "model not loaded"; exit 1'] }, periodSeconds: 10 },
    }),
    // `tail` keeps the last line in memory, and /dev/zero has one endless line.
    broken(plan, pay("statements"), "out-of-memory", {
      ...sh('echo "rendering statements"; sleep 1; exec tail /dev/zero'),
      resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "24Mi" } },
    }),
    // Selects nothing.
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "legacy", namespace: "shop", labels: { "app.kubernetes.io/name": "legacy" } },
      spec: { selector: { "app.kubernetes.io/name": "legacy" }, ports: [{ name: "http", port: 80 }] },
    },
    // Wants a config map that does not exist.
    broken(plan, pay("notifier"), "creating", {
      image: shopImage(plan, "worker"),
      envFrom: [{ configMapRef: { name: "notifier-config" } }],
    }),
  ];
}
