import type { App, ContainerShape } from "../life/app.ts";

import { demoRegistry as registry } from "../images/catalog.ts";

/** A container of the harbour's own registry. */
export function container(
  name: string,
  image: string,
  log: ContainerShape["log"],
  size: Partial<ContainerShape> = {},
): ContainerShape {
  return { name, image: `${registry}/${image}`, cpu: 100, memory: 128, memoryLimit: 256, log, ...size };
}

const proxy: ContainerShape = {
  ...container("proxy", "mesh/proxy:1.31.2", "proxy", { cpu: 20, memory: 48, memoryLimit: 96, port: 15_001 }),
  role: "sidecar",
};
const migrate = (name: string): ContainerShape => ({
  ...container("migrate", `shop/${name}-migrations:7`, "migration", { cpu: 50, memory: 64 }),
  role: "init",
});

function app(
  namespace: string,
  name: string,
  replicas: number,
  version: string,
  containers: readonly ContainerShape[],
  more: Partial<App> = {},
): App {
  return { namespace, name, partOf: namespace, replicas, version, containers, fault: null, days: 40, ...more };
}

/** The shop that the demo's clusters run, and what stands around it. Sizes are those of a busy day. */
export const shopApps: readonly App[] = [
  app("shop", "web", 12, "7.4.0", [
    container("web", "shop/web", "http", { port: 8080, cpu: 250, memory: 256, memoryLimit: 512 }),
    proxy,
  ]),
  app("shop", "api", 16, "7.4.2", [
    container("api", "shop/api", "http", { port: 8080, cpu: 400, memory: 384, memoryLimit: 768 }),
    proxy,
    migrate("api"),
  ]),
  app("shop", "cart", 6, "3.11.0", [container("cart", "shop/cart", "http", { port: 8080 }), proxy]),
  app("shop", "checkout", 5, "2.18.0", [
    container("checkout", "shop/checkout", "http", { port: 8080, cpu: 200 }),
    proxy,
    migrate("checkout"),
  ]),
  app("shop", "search", 4, "5.2.1", [
    container("search", "shop/search", "http", { port: 9200, cpu: 800, memory: 2_048, memoryLimit: 3_072 }),
  ]),
  app(
    "shop",
    "search-index",
    2,
    "5.2.1",
    [container("indexer", "shop/search-index", "worker", { cpu: 48_000, memory: 1_024, memoryLimit: 2_048 })],
    {
      fault: { type: "too-large" },
      days: 1,
    },
  ),
  app(
    "shop",
    "recommend",
    3,
    "1.9.4",
    [container("recommend", "shop/recommend", "http", { port: 8080, cpu: 300, memory: 512, memoryLimit: 512 })],
    {
      fault: { type: "memory" },
      days: 3,
    },
  ),
  app("shop", "worker", 8, "7.4.2", [container("worker", "shop/worker", "worker", { cpu: 300, memory: 256 })]),
  app("shop", "images", 4, "2.0.3", [
    container("images", "shop/images", "http", { port: 8080, cpu: 500, memory: 512, memoryLimit: 1_024 }),
  ]),
  app("pay", "gateway", 4, "4.1.0", [container("gateway", "pay/gateway", "http", { port: 8443, cpu: 200 }), proxy]),
  app("pay", "ledger", 3, "42.0.0", [
    container("ledger", "pay/ledger", "database", { port: 5432, cpu: 300, memory: 512, memoryLimit: 1_024 }),
  ]),
  app("pay", "fraud", 2, "0.9.7", [
    container("fraud", "pay/fraud", "worker", { cpu: 600, memory: 1_024, memoryLimit: 2_048 }),
  ]),
  app(
    "monitoring",
    "metrics",
    2,
    "3.6.0",
    [container("metrics", "ops/metrics", "database", { cpu: 400, memory: 2_048, memoryLimit: 4_096 })],
    { days: 120 },
  ),
  app("monitoring", "alerts", 2, "0.29.0", [container("alerts", "ops/alerts", "worker", { cpu: 50 })], { days: 120 }),
  app("monitoring", "dashboards", 1, "12.2.0", [container("dashboards", "ops/dashboards", "http", { port: 3000 })], {
    days: 90,
  }),
  app(
    "kube-system",
    "coredns",
    2,
    "1.13.1",
    [container("coredns", "kube/coredns", "worker", { cpu: 100, memory: 70, memoryLimit: 170 })],
    { days: 200 },
  ),
  app(
    "kube-system",
    "ingress",
    3,
    "1.14.0",
    [container("controller", "kube/ingress", "http", { port: 8443, cpu: 200, memory: 180 })],
    { days: 200 },
  ),
];
