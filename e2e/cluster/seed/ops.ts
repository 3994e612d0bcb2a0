import type { ClusterPlan } from "../options.ts";
import type { KubeObject } from "../resource-path.ts";
import { labelsOf, podTemplate, selectorOf, shopImage } from "./pod-template.ts";
import type { Workload } from "./pod-template.ts";

const agent: Workload = { name: "node-agent", namespace: "ops", component: "agent", partOf: "observability" };
const ledger: Workload = { name: "ledger", namespace: "pay", component: "data", partOf: "payments" };

/** A kind that no dashboard knows beforehand, with columns of its own. */
export const berthDefinition: KubeObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "berths.harbor.example.test" },
  spec: {
    group: "harbor.example.test",
    scope: "Namespaced",
    names: { plural: "berths", singular: "berth", kind: "Berth", shortNames: ["br"] },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: "Length", type: "integer", jsonPath: ".spec.length" },
          { name: "Vessel", type: "string", jsonPath: ".spec.vessel" },
          { name: "Occupied", type: "boolean", jsonPath: ".spec.occupied" },
          { name: "Arrival", type: "date", jsonPath: ".spec.arrival" },
          { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
        ],
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: {
                  length: { type: "integer" },
                  vessel: { type: "string" },
                  occupied: { type: "boolean" },
                  arrival: { type: "string", format: "date-time" },
                },
              },
              status: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
            },
          },
        },
      },
    ],
  },
};

export function berths(): KubeObject[] {
  return [
    { name: "north-1", length: 240, vessel: "Aurora", occupied: true, arrival: "2026-01-10T08:00:00Z" },
    { name: "north-2", length: 310, vessel: "Borealis", occupied: true, arrival: "2026-02-01T17:30:00Z" },
    { name: "south-1", length: 120, occupied: false },
  ].map(({ name, ...spec }) => ({
    apiVersion: "harbor.example.test/v1",
    kind: "Berth",
    metadata: { name, namespace: "ops" },
    spec,
  }));
}

/** The rest of a usual cluster: a daemon set, policies, a quota's worth of configuration. */
export function opsObjects(plan: ClusterPlan): KubeObject[] {
  const worker = {
    name: "main",
    image: shopImage(plan, "worker"),
    resources: { requests: { cpu: "5m", memory: "8Mi" }, limits: { memory: "64Mi" } },
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: agent.name, namespace: agent.namespace, labels: labelsOf(agent) },
      spec: {
        selector: { matchLabels: selectorOf(agent) },
        template: podTemplate(plan, agent, { containers: [worker] }),
      },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: ledger.name, namespace: ledger.namespace, labels: labelsOf(ledger) },
      spec: {
        replicas: 1,
        selector: { matchLabels: selectorOf(ledger) },
        template: podTemplate(plan, ledger, { containers: [worker] }),
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "only-gateway", namespace: "pay" },
      spec: {
        podSelector: { matchLabels: selectorOf(ledger) },
        ingress: [{ from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "gateway" } } }] }],
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "alert-rules", namespace: "ops" },
      data: { "rules.yaml": "groups:\n- name: shop\n  rules:\n  - alert: QueueLong\n    expr: queue > 100\n" },
    },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "ledger-credentials", namespace: "pay" },
      stringData: { password: "not-a-real-password" },
    },
  ];
}
