import type { KubeObject } from "../../../protocol/object.ts";
import { endpointslices, services } from "../api/resources.ts";
import type { App } from "../life/app.ts";
import { create } from "../life/lives.ts";
import { timeText } from "../life/time-text.ts";
import type { World } from "../life/world.ts";
import { withDefaults } from "../write/defaults.ts";

const day = 86_400_000;

/** The service of an application that listens. */
export function addService(world: World, app: App): void {
  const port = app.containers.find((container) => container.port !== undefined)?.port;
  if (port === undefined) return;
  const labels = { app: app.name, "app.kubernetes.io/name": app.name, "app.kubernetes.io/part-of": app.partOf };
  const outside = app.name === "ingress";
  add(world, app.namespace, app.name, app.days, {
    labels,
    spec: {
      ...(outside ? { type: "LoadBalancer", externalTrafficPolicy: "Local" } : {}),
      selector: { app: app.name },
      ports: [{ name: "http", port: outside ? 443 : 80, targetPort: "http" }],
    },
    ...(outside ? { status: { loadBalancer: { ingress: [{ ip: "203.0.113.10", ipMode: "VIP" }] } } } : {}),
  });
}

/** Services that are not one application's: the database's, the cluster's own, and what lies outside of it. */
export function addOtherServices(world: World): void {
  add(world, "shop", "db", 120, {
    labels: { app: "db", "app.kubernetes.io/name": "db", "app.kubernetes.io/part-of": "shop" },
    spec: { clusterIP: "None", selector: { app: "db" }, ports: [{ name: "sql", port: 5432 }] },
  });
  add(world, "shop", "mail", 90, { spec: { type: "ExternalName", externalName: "smtp.mail.example" } });
  add(world, "kube-system", "kube-dns", 200, {
    labels: { "k8s-app": "kube-dns" },
    spec: {
      clusterIP: "10.96.0.10",
      selector: { app: "coredns" },
      ports: [
        { name: "dns", protocol: "UDP", port: 53 },
        { name: "dns-tcp", protocol: "TCP", port: 53 },
      ],
    },
  });
  add(world, "default", "kubernetes", 200, {
    labels: { component: "apiserver", provider: "kubernetes" },
    spec: { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
  });
  addApiServers(world);
}

type Rest = { labels?: Record<string, string>; spec: object; status?: object };

function add(world: World, namespace: string, name: string, days: number, { labels, spec, status }: Rest): void {
  const creationTimestamp = timeText(world.agenda.now - days * day);
  const metadata = { name, namespace, creationTimestamp, ...(labels ? { labels } : {}) };
  create(world, services, withDefaults(services, { metadata, spec, status: status ?? { loadBalancer: {} } }));
}

/** The API servers write their own slice. */
function addApiServers(world: World): void {
  const controlPlanes = world.nodes.filter(({ shape }) => shape.controlPlane);
  const slice: KubeObject = {
    metadata: {
      name: "kubernetes",
      namespace: "default",
      creationTimestamp: timeText(world.agenda.now - 200 * day),
      labels: { "kubernetes.io/service-name": "kubernetes" },
    },
    addressType: "IPv4",
    ports: [{ name: "https", protocol: "TCP", port: 6443 }],
    endpoints: controlPlanes.map(({ shape }) => ({ addresses: [shape.address], conditions: { ready: true } })),
  };
  create(world, endpointslices, slice);
}
