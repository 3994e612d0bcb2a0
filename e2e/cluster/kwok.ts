import { readdirSync } from "node:fs";
import { join } from "node:path";
import { binary, kwokStagesDir } from "./binaries.ts";
import type { Certificates } from "./certificates.ts";
import { hasRelaxedHeartbeats } from "./control-plane.ts";
import { fakeStates, runningState, stateLabel, statusTemplate } from "./fake-states.ts";
import type { FakeState } from "./fake-states.ts";
import { kubeconfigPath } from "./identities.ts";
import type { ProcessSpec } from "./managed-process.ts";
import { nodeConditions, nodeStateLabel, nodeStates } from "./node-states.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";

/** KWOK plays the kubelets of nodes that carry this annotation. */
export const fakeNodeAnnotation = { "kwok.x-k8s.io/node": "fake" };

const api = "kwok.x-k8s.io/v1alpha1";

interface Expression {
  key: string;
  operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  values?: string[];
}

function stage(kind: "Pod" | "Node", name: string, matchExpressions: Expression[], rest: object): object {
  return {
    apiVersion: api,
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup: "v1", kind }, selector: { matchExpressions }, ...rest },
  };
}

/** Our own in place of KWOK's pod-ready: the same, with ids, ages and states that are not all well. */
function podStage(name: string, state: FakeState, wanted: Expression): object {
  const selector: Expression[] = [
    { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
    { key: ".status.phase", operator: "In", values: ["Pending"] },
    // Set by the first status a stage gives: a pod that stays Pending is not played again and again.
    { key: ".status.startTime", operator: "DoesNotExist" },
    wanted,
  ];
  return stage("Pod", name, selector, { next: { statusTemplate: statusTemplate(state) } });
}

function podStages(): object[] {
  const label = `.metadata.labels["${stateLabel}"]`;
  return [
    podStage("pod-running", runningState, { key: label, operator: "DoesNotExist" }),
    ...Object.entries(fakeStates).map(([name, state]) =>
      podStage(`pod-${name}`, state, { key: label, operator: "In", values: [name] }),
    ),
  ];
}

function conditionLine(condition: object): string {
  const now = "{{ Now | Quote }}";
  return `- ${JSON.stringify(condition).slice(0, -1)}, "lastHeartbeatTime": ${now}, "lastTransitionTime": ${now} }`;
}

function nodeStages(): object[] {
  const label = `.metadata.labels["${nodeStateLabel}"]`;
  const initialize = (name: string, state: string | undefined, wanted: Expression) =>
    stage("Node", `node-${name}`, [{ key: ".status.phase", operator: "NotIn", values: ["Running"] }, wanted], {
      next: {
        statusTemplate: `
phase: Running
daemonEndpoints: { kubeletEndpoint: { Port: {{ NodePort }} } }
conditions:
${nodeConditions(state).map(conditionLine).join("\n")}
`,
      },
    });
  return [
    initialize("healthy", undefined, { key: label, operator: "DoesNotExist" }),
    ...nodeStates.map((state) => initialize(state, state, { key: label, operator: "In", values: [state] })),
  ];
}

/** What every fake pod says, in the format in which a container runtime writes logs. */
function fakeLog(): string {
  const began = Date.parse("2026-01-01T00:00:00Z");
  const lines = Array.from({ length: 400 }, (_, index) => {
    const at = new Date(began + index * 1370).toISOString();
    const level = index % 37 === 0 ? "warn" : "info";
    return `${at} stdout F ${JSON.stringify({ level, ts: at, msg: `handled request ${index}`, status: index % 37 ? 200 : 503, ms: (index * 7919) % 211 })}`;
  });
  return `${lines.join("\n")}\n`;
}

export function kwok(plan: ClusterPlan, certificates: Certificates): ProcessSpec {
  const port = plan.addresses.ports.kwok;
  const config = join(plan.paths.config, "kwok.json");
  const settings = {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokConfiguration",
    options: {
      podPlayStageParallelism: 16,
      nodePlayStageParallelism: 8,
      nodeLeaseParallelism: 8,
      enablePodsOnNodeSyncStreamWatch: true,
      // Logs of fake pods, through the API server as for real ones.
      enableDebuggingHandlers: true,
    },
  };
  // JSON documents, one after the other, are YAML documents.
  const logsFile = join(plan.paths.config, "fake-pod.log");
  const logs = {
    apiVersion: api,
    kind: "ClusterLogs",
    metadata: { name: "fake-pods" },
    spec: { logs: [{ logsFile, follow: false }] },
  };
  const documents = [settings, ...podStages(), ...nodeStages(), logs];
  const stages = readdirSync(kwokStagesDir()).map((file) => `--config=${join(kwokStagesDir(), file)}`);
  return {
    name: "kwok",
    command: binary("kwok"),
    files: { [config]: documents.map((document) => JSON.stringify(document)).join("\n---\n"), [logsFile]: fakeLog() },
    args: [
      `--kubeconfig=${kubeconfigPath(plan, "kwok")}`,
      `--config=${config}`,
      ...stages,
      "--manage-all-nodes=false",
      "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
      `--node-lease-duration-seconds=${hasRelaxedHeartbeats(plan) ? 600 : 40}`,
      "--node-ip=127.0.0.1",
      `--node-port=${port}`,
      `--server-address=127.0.0.1:${port}`,
      `--tls-cert-file=${certificates.apiServer.cert}`,
      `--tls-private-key-file=${certificates.apiServer.key}`,
      "--enable-crds=",
      // At its default it writes a line for every heartbeat.
      "--v=WARN",
    ],
    ready: async () => (await httpStatus(`https://127.0.0.1:${port}/healthz`)) === 200,
  };
}
