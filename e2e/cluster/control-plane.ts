import { readFileSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./binaries.ts";
import type { Certificates } from "./certificates.ts";
import { kubeconfigPath, serverUrl } from "./identities.ts";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";

// Every request's metadata, once it is answered: leak and budget tests read it line by line.
const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [{ level: "Metadata" }],
};

/** At a thousand fake nodes, heartbeats every ten seconds would be most of what the API server does. */
export function hasRelaxedHeartbeats(plan: ClusterPlan): boolean {
  return plan.options.fakeNodes > 100;
}

export function etcdUrl(plan: ClusterPlan): string {
  return `http://127.0.0.1:${plan.addresses.ports.etcd}`;
}

/** In the order in which they must start. */
export function controlPlane(plan: ClusterPlan, certificates: Certificates): ProcessSpec[] {
  return [etcd(plan), apiServer(plan, certificates), controllerManager(plan, certificates), scheduler(plan)];
}

function etcd(plan: ClusterPlan): ProcessSpec {
  const peer = `http://127.0.0.1:${plan.addresses.ports.etcdPeer}`;
  return {
    name: "etcd",
    command: binary("etcd"),
    args: [
      "--name=stowage",
      `--data-dir=${plan.paths.etcdData}`,
      `--listen-client-urls=${etcdUrl(plan)}`,
      `--advertise-client-urls=${etcdUrl(plan)}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=stowage=${peer}`,
      "--unsafe-no-fsync",
      "--quota-backend-bytes=8589934592",
      "--log-level=warn",
    ],
    ready: async () => (await httpStatus(`${etcdUrl(plan)}/health`)) === 200,
  };
}

function apiServer(plan: ClusterPlan, certificates: Certificates): ProcessSpec {
  const { addresses, options, paths } = plan;
  const policy = join(paths.config, "audit-policy.json");
  const gates = Object.entries(options.featureGates).map(([gate, on]) => `${gate}=${on}`);
  return {
    name: "kube-apiserver",
    command: binary("kube-apiserver"),
    // It reads tokens once: new ones need a new start.
    files: { [policy]: JSON.stringify(auditPolicy), [paths.tokens]: readFileSync(paths.tokens, "utf8") },
    args: [
      `--etcd-servers=${etcdUrl(plan)}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${addresses.ports.apiServer}`,
      // A loopback address is refused here; this one is on the node's bridge.
      `--advertise-address=${addresses.nodeAddress}`,
      `--service-cluster-ip-range=${addresses.serviceCidr}`,
      `--tls-cert-file=${certificates.apiServer.cert}`,
      `--tls-private-key-file=${certificates.apiServer.key}`,
      `--client-ca-file=${certificates.ca}`,
      `--token-auth-file=${paths.tokens}`,
      "--anonymous-auth=true",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${certificates.serviceAccounts.publicKey}`,
      `--service-account-signing-key-file=${certificates.serviceAccounts.privateKey}`,
      `--kubelet-client-certificate=${certificates.kubeletClient.cert}`,
      `--kubelet-client-key=${certificates.kubeletClient.key}`,
      // Fake nodes have an internal name that leads to KWOK, the real one only an address.
      "--kubelet-preferred-address-types=InternalDNS,InternalIP",
      `--audit-policy-file=${policy}`,
      `--audit-log-path=${paths.auditLog}`,
      "--audit-log-format=json",
      "--audit-log-maxsize=500",
      "--audit-log-maxbackup=3",
      "--event-ttl=12h",
      "--allow-privileged=true",
      "--profiling=false",
      "--shutdown-delay-duration=0s",
      ...(gates.length > 0 ? [`--feature-gates=${gates.join(",")}`] : []),
    ],
    ready: async () => (await httpStatus(`${serverUrl(plan)}/readyz`)) === 200,
  };
}

function controllerManager(plan: ClusterPlan, certificates: Certificates): ProcessSpec {
  const port = plan.addresses.ports.controllerManager;
  return {
    name: "kube-controller-manager",
    command: binary("kube-controller-manager"),
    args: [
      `--kubeconfig=${kubeconfigPath(plan, "kube-controller-manager")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(plan.paths.pki, "kube-controller-manager")}`,
      "--leader-elect=false",
      `--root-ca-file=${certificates.ca}`,
      `--service-account-private-key-file=${certificates.serviceAccounts.privateKey}`,
      "--kube-api-qps=2000",
      "--kube-api-burst=4000",
      "--concurrent-deployment-syncs=50",
      "--concurrent-replicaset-syncs=50",
      "--concurrent-namespace-syncs=20",
      `--node-monitor-grace-period=${hasRelaxedHeartbeats(plan) ? "480s" : "50s"}`,
      "--profiling=false",
    ],
    ready: async () => (await httpStatus(`https://127.0.0.1:${port}/healthz`)) === 200,
  };
}

function scheduler(plan: ClusterPlan): ProcessSpec {
  const port = plan.addresses.ports.scheduler;
  const config = join(plan.paths.config, "scheduler.json");
  const settings = {
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration",
    clientConnection: { kubeconfig: kubeconfigPath(plan, "kube-scheduler"), qps: 2000, burst: 4000 },
    leaderElection: { leaderElect: false },
    // A good place is enough among a thousand fake nodes; the best would take minutes to find.
    percentageOfNodesToScore: 5,
    enableProfiling: false,
  };
  return {
    name: "kube-scheduler",
    command: binary("kube-scheduler"),
    files: { [config]: JSON.stringify(settings) },
    args: [
      `--config=${config}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(plan.paths.pki, "kube-scheduler")}`,
    ],
    ready: async () => (await httpStatus(`https://127.0.0.1:${port}/healthz`)) === 200,
  };
}
