import { readdirSync } from "node:fs";
import { join } from "node:path";
import { binary, kwokStagesDir } from "./binaries.ts";
import type { Certificates } from "./certificates.ts";
import { hasRelaxedHeartbeats } from "./control-plane.ts";
import { fakeStates, runningState, stateLabel, statusTemplate } from "./fake-states.ts";
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

/** A stage for objects whose label says `state`, or that have no such label. */
function stage(
  kind: "Pod" | "Node",
  name: string,
  label: string,
  state: string | undefined,
  conditions: Expression[],
  template: string,
): object {
  // KWOK compares labels before it runs expressions, which are slow: of a dozen stages, most are out at once.
  const selector =
    state === undefined
      ? { matchExpressions: [...conditions, { key: `.metadata.labels["${label}"]`, operator: "DoesNotExist" }] }
      : { matchLabels: { [label]: state }, matchExpressions: conditions };
  return {
    apiVersion: api,
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup: "v1", kind }, selector, next: { statusTemplate: template } },
  };
}

/** Our own in place of KWOK's pod-ready: the same, with ids, ages and states that are not all well. */
function podStages(): object[] {
  const conditions: Expression[] = [
    { key: ".status.phase", operator: "In", values: ["Pending"] },
    // Set by the first status a stage gives: a pod that stays Pending is not played again and again.
    { key: ".status.startTime", operator: "DoesNotExist" },
    { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
  ];
  return [
    stage("Pod", "pod-running", stateLabel, undefined, conditions, statusTemplate(runningState)),
    ...Object.entries(fakeStates).map(([name, state]) =>
      stage("Pod", `pod-${name}`, stateLabel, name, conditions, statusTemplate(state)),
    ),
  ];
}

function conditionLine(condition: object): string {
  const now = "{{ Now | Quote }}";
  return `- ${JSON.stringify(condition).slice(0, -1)}, "lastHeartbeatTime": ${now}, "lastTransitionTime": ${now} }`;
}

function nodeStages(): object[] {
  const isNew: Expression = { key: ".status.phase", operator: "NotIn", values: ["Running"] };
  const template = (state: string | undefined) => `
phase: Running
daemonEndpoints: { kubeletEndpoint: { Port: {{ NodePort }} } }
conditions:
${nodeConditions(state).map(conditionLine).join("\n")}
`;
  return [undefined, ...nodeStates].map((state) =>
    stage("Node", `node-${state ?? "healthy"}`, nodeStateLabel, state, [isNew], template(state)),
  );
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
      // As on a busy machine an answer takes a second, it takes many questions at once.
      podPlayStageParallelism: 128,
      nodePlayStageParallelism: 64,
      nodeLeaseParallelism: 16,
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
