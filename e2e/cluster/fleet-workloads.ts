import { createHash } from "node:crypto";
import { ageAnnotation, restartsAnnotation, stateLabel } from "./fake-states.ts";
import type { KubeObject } from "./resource-path.ts";
import { pick, seededRandom } from "./seeded-random.ts";

const namespaceCount = 16;
const applications = [
  'gateway', 'catalog', 'search', 'pricing', 'basket', 'orders', 'invoices', 'ledger', 'mailer', 'thumbnails',
  'sessions', 'quotas', 'reports', 'ingest', 'rules', 'alerts', 'profiles', 'geo', 'feeds', 'exports',
] as const; // prettier-ignore
const tiers = ["frontend", "backend", "data", "batch"] as const;
const teams = ["north", "south", "platform", "payments", "growth"] as const;
const replicaCounts = [1, 2, 2, 3, 3, 3, 5, 6, 8, 12, 20, 40] as const;
const cpus = ["10m", "25m", "50m", "100m", "100m", "250m", "500m"] as const;
const memories = ["32Mi", "64Mi", "64Mi", "128Mi", "256Mi", "512Mi"] as const;

/** Which share of all pods is in which trouble; the rest runs and is ready. */
const shares: [state: string, share: number][] = [
  ["crash-loop", 0.01],
  ["not-ready", 0.01],
  ["image-pull", 0.006],
  ["completed", 0.01],
  ["failed", 0.004],
  ["evicted", 0.002],
  ["out-of-memory", 0.003],
  ["error", 0.003],
  ["creating", 0.003],
  ["init", 0.002],
  ["init-crash-loop", 0.003],
  ["unschedulable", 0.003],
];

/** A finished pod under a Deployment would be replaced for ever: these come from Jobs. */
const fromJobs = new Set(["completed", "failed", "evicted"]);

export const fleetLabel = "stowage.test/fleet";

export interface FleetWorkload {
  namespace: string;
  name: string;
  pods: number;
  state: string | undefined;
  /** The Deployment or Job, and what belongs to it. */
  object: KubeObject;
  companions: KubeObject[];
}

export function fleetNamespaces(): string[] {
  return Array.from({ length: namespaceCount }, (_, index) => `fleet-${String(index + 1).padStart(2, "0")}`);
}

/** Workloads with exactly `pods` pods in all. A larger fleet begins with the workloads of a smaller one. */
export function fleetWorkloads(pods: number): FleetWorkload[] {
  const workloads: FleetWorkload[] = [];
  const have = new Map<string, number>();
  let total = 0;
  for (let index = 0; total < pods; index++) {
    const random = seededRandom(500_000 + index);
    const planned = total;
    const owed = shares.find(([state, share]) => share * planned - (have.get(state) ?? 0) >= 1);
    const state = owed?.[0];
    const wanted = state ? wrongCount(state, random) : pick(random, replicaCounts);
    const count = Math.min(wanted, pods - total);
    workloads.push(workload(index, count, state, random));
    if (state) have.set(state, (have.get(state) ?? 0) + count);
    total += count;
  }
  return workloads;
}

function wrongCount(state: string, random: () => number): number {
  // One pod a failing Job: with more, the first failure would take the others along.
  if (state === "failed" || state === "evicted") return 1;
  return pick(random, [1, 1, 2, 3]);
}

function workload(index: number, pods: number, state: string | undefined, random: () => number): FleetWorkload {
  const application = pick(random, applications);
  const name = `${application}-${pick(random, tiers)}-${String(index).padStart(3, "0")}`;
  const namespace = fleetNamespaces()[index % namespaceCount] as string;
  const version = `${1 + Math.floor(random() * 4)}.${Math.floor(random() * 30)}.${Math.floor(random() * 10)}`;
  const labels = {
    "app.kubernetes.io/name": application,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/part-of": `suite-${(index % 7) + 1}`,
    "app.kubernetes.io/component": name.split("-")[1] as string,
    "app.kubernetes.io/version": version,
    "app.kubernetes.io/managed-by": index % 3 === 0 ? "Helm" : "stowage-seed",
    team: pick(random, teams),
    [fleetLabel]: "workload",
  };
  const metadata = { name, namespace, labels, annotations: annotationsOf(name, version, random) };
  const podMetadata = {
    labels: {
      ...labels,
      ...(state && state !== "completed" && state !== "unschedulable" ? { [stateLabel]: state } : {}),
    },
    annotations: {
      ...metadata.annotations,
      [ageAnnotation]: String(Math.floor(60 + random() ** 3 * 90 * 86_400)),
      [restartsAnnotation]: String(restartsOf(state, random)),
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "9102",
      "sidecar.example.test/config-checksum": createHash("sha256").update(name).digest("hex"),
    },
  };
  const spec = podSpec(application, version, state, random);
  if (state && fromJobs.has(state)) {
    const object: KubeObject = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata,
      spec: {
        completions: pods,
        parallelism: pods,
        backoffLimit: state === "completed" ? 6 : 0,
        template: { metadata: podMetadata, spec: { ...spec, restartPolicy: "Never" } },
      },
    };
    return { namespace, name, pods, state, object, companions: [] };
  }
  const selector = { "app.kubernetes.io/instance": name };
  const object: KubeObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: pods,
      revisionHistoryLimit: 2,
      // Troubled Deployments are as wide as their trouble for ever; a deadline would only add noise.
      progressDeadlineSeconds: 86_400,
      selector: { matchLabels: selector },
      template: { metadata: podMetadata, spec },
    },
  };
  return { namespace, name, pods, state, object, companions: companionsOf(index, metadata, selector) };
}

function companionsOf(index: number, metadata: KubeObject["metadata"], selector: Record<string, string>): KubeObject[] {
  const { name, namespace, labels } = metadata;
  const companions: KubeObject[] = [];
  if (index % 6 === 0) {
    companions.push({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace, labels },
      // Without a cluster address: a real node's kube-proxy need not route to pods that are not there.
      spec: { clusterIP: "None", selector, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
    });
  }
  if (index % 4 === 0) {
    companions.push({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `${name}-config`, namespace, labels },
      data: { "app.yaml": `listen: :8080\nlogLevel: info\nupstream: http://${name}\n`, FEATURES: "a,b,c" },
    });
  }
  return companions;
}

function restartsOf(state: string | undefined, random: () => number): number {
  if (state === "crash-loop" || state === "init-crash-loop") return 4 + Math.floor(random() * 400);
  if (state === "out-of-memory" || state === "error") return 1 + Math.floor(random() * 20);
  return random() < 0.1 ? 1 + Math.floor(random() * 5) : 0;
}

function annotationsOf(name: string, version: string, random: () => number): Record<string, string> {
  return {
    "example.test/owner": `${name}@example.test`,
    "example.test/repository": `https://git.example.test/fleet/${name}`,
    "example.test/commit": createHash("sha256").update(`${name}${version}`).digest("hex").slice(0, 40),
    "example.test/description": `Serves ${name.split("-")[0]} for the fleet. `
      .repeat(1 + Math.floor(random() * 6))
      .trim(),
    "meta.helm.sh/release-name": name,
  };
}

function podSpec(application: string, version: string, state: string | undefined, random: () => number): object {
  const sidecarCount = pick(random, [0, 0, 0, 1, 1, 2]);
  const hasInit = state?.startsWith("init") === true || random() < 0.3;
  const hasNativeSidecar = random() < 0.15;
  const containers = [mainContainer(application, version, state, random), ...extraContainers.slice(0, sidecarCount)];
  const initContainers = [
    ...(hasNativeSidecar ? [{ ...proxy, restartPolicy: "Always" }] : []),
    ...(hasInit ? [migrate(application, version)] : []),
  ];
  return {
    nodeSelector: { "stowage.test/fleet": "node" },
    tolerations: [{ key: "kwok.x-k8s.io/node", operator: "Equal", value: "fake", effect: "NoSchedule" }],
    terminationGracePeriodSeconds: 5,
    automountServiceAccountToken: random() < 0.7,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    containers,
    volumes: [
      { name: "tmp", emptyDir: {} },
      { name: "config", configMap: { name: `${application}-config`, optional: true } },
    ],
  };
}

function mainContainer(application: string, version: string, state: string | undefined, random: () => number): object {
  const tag = state === "image-pull" ? `${version}-missing` : version;
  const cpu = state === "unschedulable" ? "512" : pick(random, cpus);
  const memory = pick(random, memories);
  return {
    name: application,
    image: `registry.example.test/fleet/${application}:${tag}`,
    imagePullPolicy: "IfNotPresent",
    args: ["serve", "--config=/etc/app/app.yaml", "--listen=:8080", `--name=${application}`],
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "metrics", containerPort: 9102 },
    ],
    env: environment(application, random),
    resources: { requests: { cpu, memory }, limits: { memory } },
    readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 10, failureThreshold: 3 },
    livenessProbe: { httpGet: { path: "/livez", port: "http" }, initialDelaySeconds: 5, periodSeconds: 20 },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      { name: "config", mountPath: "/etc/app" },
    ],
  };
}

/** Between 12 and 44 variables: real pods are large mostly because of these. */
function environment(application: string, random: () => number): object[] {
  const count = 12 + Math.floor(random() * 33);
  const plain = Array.from({ length: count }, (_, index) => ({
    name: `${application.toUpperCase()}_SETTING_${String(index).padStart(2, "0")}`,
    value: `https://${application}-${index}.svc.example.test/${createHash("sha256").update(`${application}${index}`).digest("hex").slice(0, 24)}`,
  }));
  return [
    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    ...plain,
  ];
}

const proxy = {
  name: "proxy",
  image: "registry.example.test/mesh/proxy:1.31.0",
  args: ["proxy", "sidecar", "--concurrency=2"],
  ports: [{ name: "admin", containerPort: 15_000 }],
  resources: { requests: { cpu: "10m", memory: "40Mi" }, limits: { memory: "128Mi" } },
};

const extraContainers = [
  { ...proxy, name: "mesh" },
  {
    name: "log-shipper",
    image: "registry.example.test/observability/collector:0.118.0",
    args: ["--config=/etc/collector.yaml"],
    resources: { requests: { cpu: "5m", memory: "24Mi" }, limits: { memory: "64Mi" } },
    volumeMounts: [{ name: "tmp", mountPath: "/var/log/app" }],
  },
];

const migrate = (application: string, version: string) => ({
  name: "migrate",
  image: `registry.example.test/fleet/${application}:${version}`,
  args: ["migrate", "--wait"],
  resources: { requests: { cpu: "10m", memory: "32Mi" } },
});
