import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import { isObject } from "../patch/json-value.ts";
import type { JsonObject } from "../patch/json-value.ts";
import { serviceSpec } from "./service-defaults.ts";

/** Fills in what the API server fills in where somebody left it out. */
export function withDefaults(resource: Resource, object: KubeObject): KubeObject {
  const spec = isObject(object["spec"]) ? object["spec"] : {};
  switch (resource.resource) {
    case "pods":
      return { ...object, spec: podSpec(spec) };
    case "deployments":
      return {
        ...object,
        spec: {
          replicas: 1,
          revisionHistoryLimit: 10,
          progressDeadlineSeconds: 600,
          ...spec,
          strategy: strategy(spec["strategy"]),
          ...template(spec),
        },
      };
    case "replicasets":
      return { ...object, spec: { replicas: 1, ...spec, ...template(spec) } };
    case "statefulsets":
      return {
        ...object,
        spec: {
          replicas: 1,
          podManagementPolicy: "OrderedReady",
          revisionHistoryLimit: 10,
          ...spec,
          ...template(spec),
        },
      };
    case "daemonsets":
      return { ...object, spec: { revisionHistoryLimit: 10, ...spec, ...template(spec) } };
    case "jobs":
      return { ...object, spec: jobSpec(spec) };
    case "cronjobs": {
      const limits = { successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 };
      return { ...object, spec: { concurrencyPolicy: "Allow", suspend: false, ...limits, ...spec } };
    }
    case "services":
      return { ...object, spec: serviceSpec(spec, `${object.metadata?.namespace}/${object.metadata?.name}`) };
    case "namespaces":
      return { ...object, spec: { finalizers: ["kubernetes"] } };
    default:
      return object;
  }
}

function jobSpec(spec: JsonObject): JsonObject {
  const standard = { parallelism: 1, completions: 1, backoffLimit: 6, completionMode: "NonIndexed", suspend: false };
  return { ...standard, ...spec, ...template(spec) };
}

function template(spec: JsonObject): JsonObject {
  const given = spec["template"];
  if (!isObject(given)) return {};
  return { template: { ...given, spec: podSpec(isObject(given["spec"]) ? given["spec"] : {}) } };
}

function strategy(given: unknown): JsonObject {
  const asked = isObject(given) ? given : {};
  if (asked["type"] === "Recreate") return asked;
  const pace = isObject(asked["rollingUpdate"]) ? asked["rollingUpdate"] : {};
  const standard = { maxUnavailable: "25%", maxSurge: "25%" };
  return { ...asked, type: asked["type"] ?? "RollingUpdate", rollingUpdate: { ...standard, ...pace } };
}

function podSpec(spec: JsonObject): JsonObject {
  const containers = (list: unknown) => (Array.isArray(list) ? list.map(container) : list);
  return {
    ...spec,
    containers: containers(spec["containers"]),
    ...(spec["initContainers"] === undefined ? {} : { initContainers: containers(spec["initContainers"]) }),
    restartPolicy: spec["restartPolicy"] ?? "Always",
    terminationGracePeriodSeconds: spec["terminationGracePeriodSeconds"] ?? 30,
    dnsPolicy: spec["dnsPolicy"] ?? "ClusterFirst",
    securityContext: spec["securityContext"] ?? {},
    schedulerName: spec["schedulerName"] ?? "default-scheduler",
  };
}

function container(given: unknown): unknown {
  if (!isObject(given)) return given;
  const { image, ports } = given;
  const moves = typeof image === "string" && /^[^@]*(:latest|\/[^:@]*|^[^:@/]*)$/.test(image);
  return {
    ...given,
    ...(Array.isArray(ports)
      ? { ports: ports.map((port: unknown) => (isObject(port) ? { protocol: "TCP", ...port } : port)) }
      : {}),
    resources: given["resources"] ?? {},
    terminationMessagePath: given["terminationMessagePath"] ?? "/dev/termination-log",
    terminationMessagePolicy: given["terminationMessagePolicy"] ?? "File",
    imagePullPolicy: given["imagePullPolicy"] ?? (moves ? "Always" : "IfNotPresent"),
  };
}
