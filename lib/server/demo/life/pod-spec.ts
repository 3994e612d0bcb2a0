import type { ContainerShape } from "./app.ts";
import type { ContainerSpec, PodSpec } from "./container-shapes.ts";

/** The spec of a pod with these containers. `once`: it does its work and ends. */
export function podSpecOf(containers: readonly ContainerShape[], serviceAccount: string, once: boolean): PodSpec {
  const before = containers.filter(({ role }) => role !== undefined);
  return {
    containers: containers.filter(({ role }) => role === undefined).map(containerSpec),
    ...(before.length === 0 ? {} : { initContainers: before.map(containerSpec) }),
    restartPolicy: once ? "Never" : "Always",
    serviceAccountName: serviceAccount,
    schedulerName: "default-scheduler",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: { runAsNonRoot: true, fsGroup: 10001 },
    volumes: [
      {
        name: "kube-api-access",
        projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: "token" } }] },
      },
    ],
  };
}

/** What admission adds to a pod that is created. */
export function admitted(spec: PodSpec): PodSpec {
  const standard = ["not-ready", "unreachable"].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds: 300,
  }));
  const own = spec.tolerations ?? [];
  return {
    priority: 0,
    preemptionPolicy: "PreemptLowerPriority",
    enableServiceLinks: true,
    serviceAccountName: "default",
    ...spec,
    tolerations: [...own, ...standard.filter(({ key }) => !own.some((each) => each.key === key))],
  };
}

function containerSpec(shape: ContainerShape): ContainerSpec {
  return {
    name: shape.name,
    image: shape.image,
    imagePullPolicy: "IfNotPresent",
    ...(shape.role === "sidecar" ? { restartPolicy: "Always" } : {}),
    ...(shape.port === undefined
      ? {}
      : {
          ports: [{ name: "http", containerPort: shape.port, protocol: "TCP" }],
          readinessProbe: probe("/ready", shape.port, 5),
          livenessProbe: probe("/live", shape.port, 10),
        }),
    env: [
      { name: "LOG_LEVEL", value: "info" },
      { name: "POD_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
      { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: `${shape.name}-database`, key: "password" } } },
    ],
    resources: {
      requests: { cpu: `${shape.cpu}m`, memory: `${shape.memory}Mi` },
      limits: { memory: `${shape.memoryLimit}Mi` },
    },
    volumeMounts: [
      { name: "kube-api-access", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
    ],
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "FallbackToLogsOnError",
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
  };
}

function probe(path: string, port: number, periodSeconds: number): object {
  return {
    httpGet: { path, port, scheme: "HTTP" },
    periodSeconds,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}
