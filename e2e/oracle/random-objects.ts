import { pick } from "../cluster/seeded-random.ts";
import type { Random } from "./random-status.ts";
import { chance, moment } from "./random-status.ts";
import { schedulerName } from "./fuzz-namespace.ts";

export type RandomObject = {
  path: string;
  object: Record<string, unknown> & { metadata: { name: string } };
  /** What is patched into the status subresource afterwards. */
  status?: Record<string, unknown>;
};

function upTo(random: Random, most: number): number {
  return Math.floor(random() * (most + 1));
}

/** Each entry with the same chance. */
function some<T>(random: Random, items: readonly T[], share = 0.5): T[] {
  return items.filter(() => chance(random, share));
}

const messages = [
  "Started container web",
  "  padded \n",
  "\u00A0\u3000wide spaces\u2028",
  "two\nlines\tand a tab",
  "",
  "x".repeat(900),
  "<b>markup</b> \u202Egnp",
  "한국어 메시지 😀",
];

/** An event as older and newer components write it. `now` is in seconds. */
export function randomEvent(random: Random, namespace: string, name: string, now: number): RandomObject {
  const involved: Record<string, unknown> = { namespace, kind: pick(random, ["Pod", "ReplicaSet", "Rollout", ""]) };
  if (chance(random, 0.8)) involved["name"] = "web-1";
  if (chance(random, 0.5)) involved["fieldPath"] = "spec.containers{web}";
  const object: RandomObject["object"] = {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name },
    involvedObject: involved,
    type: pick(random, ["Normal", "Warning", "Normal", "Other"]),
    reason: pick(random, ["Started", "BackOff", ""]),
    message: pick(random, messages),
  };
  if (chance(random, 0.7)) object["firstTimestamp"] = moment(random, now);
  if (chance(random, 0.7)) object["lastTimestamp"] = moment(random, now);
  if (chance(random, 0.6)) object["count"] = pick(random, [0, 1, 7, 100_000]);
  if (chance(random, 0.7))
    object["source"] = Object.fromEntries(
      some(
        random,
        [
          ["component", "kubelet"],
          ["host", "worker-1"],
        ],
        0.7,
      ),
    );
  if (chance(random, 0.4)) object["reportingComponent"] = "example.test/reporter";
  if (chance(random, 0.4)) object["reportingInstance"] = "reporter-1";
  if (chance(random, 0.2)) object["series"] = { count: upTo(random, 50), lastObservedTime: micro(moment(random, now)) };
  if (chance(random, 0.3)) {
    object["eventTime"] = micro(moment(random, now));
    object["type"] = "Normal";
    object["reason"] = "Started";
    object["action"] = "Starting";
    object["reportingComponent"] = "example.test/reporter";
    object["reportingInstance"] = "reporter-1";
  }
  return { path: `/api/v1/namespaces/${namespace}/events`, object };
}

function micro(time: string): string {
  return time.replace("Z", ".123456Z");
}

const resources = {
  Deployment: "deployments",
  ReplicaSet: "replicasets",
  StatefulSet: "statefulsets",
  DaemonSet: "daemonsets",
} as const;

/** What keeps pods running, with a selector of any form, and counts that its controller may still correct. */
export function randomWorkload(random: Random, namespace: string, name: string): RandomObject {
  const kind = pick(random, ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"] as const);
  const labels: Record<string, string> = {
    app: name,
    "example.test/tier": pick(random, ["front", "back", ""]),
    zone: "a",
  };
  const containers = Array.from({ length: 1 + upTo(random, 3) }, (_, place) => ({
    name: `c-${place}`,
    image: `example.test/c:${place}`,
  }));
  const expressions = [
    { key: "zone", operator: "In", values: ["b", "a", "a-1"] },
    { key: "app", operator: "NotIn", values: ["z", "other"] },
    { key: "example.test/tier", operator: "Exists" },
    { key: "legacy", operator: "DoesNotExist" },
  ];
  const selectors = { "example.test/nowhere": "true", "a.example.test/pool": pick(random, ["x", ""]), disk: "fast" };
  const nodeSelector =
    kind === "DaemonSet" && chance(random, 0.8)
      ? { nodeSelector: Object.fromEntries(some(random, Object.entries(selectors))) }
      : {};
  const object = {
    apiVersion: "apps/v1",
    kind,
    metadata: { name },
    spec: {
      ...(kind === "DaemonSet" ? {} : { replicas: upTo(random, 2) }),
      ...(kind === "StatefulSet" ? { serviceName: name } : {}),
      selector: {
        matchLabels: Object.fromEntries([["app", name], ...some(random, Object.entries(labels))]),
        matchExpressions: some(random, expressions),
      },
      template: { metadata: { labels }, spec: { schedulerName, containers, ...nodeSelector } },
    },
  };
  const path = `/apis/apps/v1/namespaces/${namespace}/${resources[kind]}`;
  return kind === "DaemonSet" ? { path, object, status: daemonSetStatus(random) } : { path, object };
}

function daemonSetStatus(random: Random): Record<string, unknown> {
  return {
    desiredNumberScheduled: upTo(random, 9),
    currentNumberScheduled: upTo(random, 9),
    numberMisscheduled: upTo(random, 2),
    numberReady: upTo(random, 9),
    updatedNumberScheduled: upTo(random, 9),
    numberAvailable: upTo(random, 9),
  };
}

/** A node that no kubelet stands behind. */
export function randomNode(random: Random, name: string, now: number): RandomObject {
  const labels: [string, string][] = [
    ["node-role.kubernetes.io/control-plane", ""],
    ["node-role.kubernetes.io/Worker", "true"],
    ["node-role.kubernetes.io/a-b.c", ""],
    ["kubernetes.io/role", "edge"],
    ["kubernetes.io/role", ""],
  ];
  const object = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: Object.fromEntries(some(random, labels)) },
    spec: { unschedulable: chance(random, 0.5) },
  };
  const condition = (type: string, status: string): unknown => ({
    type,
    status,
    lastHeartbeatTime: moment(random, now),
  });
  const info = { kubeletVersion: "", osImage: "", kernelVersion: "", containerRuntimeVersion: "", architecture: "" };
  const known = {
    kubeletVersion: "v1.37.2",
    osImage: "Debian",
    kernelVersion: "6.18",
    containerRuntimeVersion: "containerd://1",
    architecture: "arm64",
  };
  const addresses = [
    { type: "Hostname", address: name },
    { type: "InternalIP", address: "192.0.2.1" },
    { type: "InternalIP", address: "fd00::1" },
    { type: "ExternalIP", address: "198.51.100.1" },
    { type: "ExternalIP", address: "198.51.100.2" },
  ];
  const status = {
    conditions: some(
      random,
      [condition("Ready", pick(random, ["True", "False", "Unknown"])), condition("DiskPressure", "True")],
      0.8,
    ),
    addresses: some(random, addresses, 0.6),
    nodeInfo: {
      ...info,
      machineID: "",
      systemUUID: "",
      bootID: "",
      kubeProxyVersion: "",
      operatingSystem: "linux",
      ...Object.fromEntries(some(random, Object.entries(known), 0.7)),
    },
  };
  return { path: "/api/v1/nodes", object, status };
}
