import { join } from "node:path";
import { nodeName } from "../identities.ts";
import type { ClusterPlan } from "../options.ts";
import type { KubeObject } from "../resource-path.ts";
import { labelsOf, podTemplate, selectorOf, shopImage, tags } from "./pod-template.ts";
import type { Workload } from "./pod-template.ts";

const shop = (name: string, component: string, version: string): Workload => ({
  name,
  namespace: "shop",
  component,
  partOf: "shop",
  version,
});

const web = shop("web", "frontend", tags.web);
const api = shop("api", "backend", tags.api);
const worker = shop("worker", "backend", tags.worker);
const db = shop("db", "data", tags.db);

const small = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };

function metadata(workload: Workload, annotations?: Record<string, string>): KubeObject["metadata"] {
  return { name: workload.name, namespace: workload.namespace, labels: labelsOf(workload), annotations };
}

function service(workload: Workload, port: number, targetPort: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(workload),
    spec: { selector: selectorOf(workload), ports: [{ name: targetPort, port, targetPort }] },
  };
}

function deployment(plan: ClusterPlan, workload: Workload, replicas: number, spec: object): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadata(workload),
    spec: { replicas, selector: { matchLabels: selectorOf(workload) }, template: podTemplate(plan, workload, spec) },
  };
}

function webObjects(plan: ClusterPlan): KubeObject[] {
  const probe = { httpGet: { path: "/healthz", port: "http" } };
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "web-config", namespace: "shop", labels: labelsOf(web) },
      data: { "httpd.conf": "A:*\n.txt:text/plain\n", CURRENCY: "EUR" },
    },
    deployment(plan, web, 3, {
      containers: [
        {
          name: "web",
          image: shopImage(plan, "web"),
          ports: [{ name: "http", containerPort: 8080 }],
          envFrom: [{ configMapRef: { name: "web-config" } }],
          readinessProbe: { ...probe, periodSeconds: 5 },
          livenessProbe: { ...probe, initialDelaySeconds: 5, periodSeconds: 15 },
          resources: small,
          volumeMounts: [{ name: "config", mountPath: "/etc/web" }],
        },
      ],
      volumes: [{ name: "config", configMap: { name: "web-config" } }],
    }),
    service(web, 80, "http"),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: metadata(web),
      spec: {
        rules: [
          {
            host: "shop.example.test",
            http: {
              paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } }],
            },
          },
        ],
      },
    },
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadata(web),
      spec: { minAvailable: 2, selector: { matchLabels: selectorOf(web) } },
    },
  ];
}

function apiObjects(plan: ClusterPlan): KubeObject[] {
  return [
    deployment(plan, api, 2, {
      initContainers: [
        {
          name: "wait-for-schema",
          image: shopImage(plan, "tools"),
          command: ["/bin/sh", "-c", 'echo "schema is at version 42"; sleep 1'],
          resources: small,
        },
        {
          // Restarting always makes an init container a sidecar: it starts first and stays.
          name: "log-forwarder",
          image: shopImage(plan, "worker"),
          restartPolicy: "Always",
          resources: small,
        },
      ],
      containers: [
        {
          name: "api",
          image: shopImage(plan, "api"),
          ports: [{ name: "http", containerPort: 8081 }],
          env: [
            { name: "DATABASE", value: "db:5432" },
            { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          ],
          readinessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 5 },
          resources: small,
        },
      ],
    }),
    service(api, 8081, "http"),
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: metadata(api),
      spec: {
        minReplicas: 2,
        maxReplicas: 6,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        ],
      },
    },
  ];
}

function dbObjects(plan: ClusterPlan): KubeObject[] {
  return [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "local-disk" },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "WaitForFirstConsumer",
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "disk-db-0" },
      spec: {
        storageClassName: "local-disk",
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        persistentVolumeReclaimPolicy: "Retain",
        local: { path: join(plan.paths.volumes, "db-0") },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  {
                    key: "kubernetes.io/hostname",
                    operator: "In",
                    values: [plan.options.node ? nodeName : "fake-0001"],
                  },
                ],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(db),
      spec: { clusterIP: "None", selector: selectorOf(db), ports: [{ name: "sql", port: 5432 }] },
    },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: metadata(db),
      spec: {
        serviceName: "db",
        replicas: 1,
        selector: { matchLabels: selectorOf(db) },
        template: podTemplate(plan, db, {
          containers: [
            {
              name: "db",
              image: shopImage(plan, "db"),
              ports: [{ name: "sql", containerPort: 5432 }],
              readinessProbe: { tcpSocket: { port: "sql" }, periodSeconds: 5 },
              resources: small,
              volumeMounts: [{ name: "data", mountPath: "/data" }],
            },
          ],
        }),
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              storageClassName: "local-disk",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        ],
      },
    },
  ];
}

function batchObjects(plan: ClusterPlan): KubeObject[] {
  const script = (text: string) => [
    { name: "run", image: shopImage(plan, "tools"), command: ["/bin/sh", "-c", text], resources: small },
  ];
  const migrate = shop("migrate", "batch", tags.tools);
  const reindex = shop("reindex", "batch", tags.tools);
  return [
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: metadata(migrate),
      spec: {
        backoffLimit: 2,
        template: podTemplate(plan, migrate, {
          restartPolicy: "Never",
          containers: script('for n in 1 2 3; do echo "migration $n of 3"; sleep 1; done; echo done'),
        }),
      },
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: metadata(reindex),
      spec: {
        schedule: "*/5 * * * *",
        successfulJobsHistoryLimit: 2,
        failedJobsHistoryLimit: 1,
        concurrencyPolicy: "Forbid",
        jobTemplate: {
          spec: {
            template: podTemplate(plan, reindex, {
              restartPolicy: "OnFailure",
              containers: script('echo "reindexing"; sleep 3; echo "indexed 1234 products"'),
            }),
          },
        },
      },
    },
  ];
}

/** What is well: it runs on the real node, from images that were built here. */
export function shopObjects(plan: ClusterPlan): KubeObject[] {
  return [
    ...webObjects(plan),
    ...apiObjects(plan),
    deployment(plan, worker, 1, {
      containers: [{ name: "worker", image: shopImage(plan, "worker"), resources: small }],
    }),
    ...dbObjects(plan),
    ...batchObjects(plan),
  ];
}
