import { isDeepStrictEqual } from "node:util";

import type { KubeObject } from "../../../protocol/object.ts";
import type { Cause } from "../api/fault.ts";
import type { Resource } from "../api/resources.ts";
import { isObject } from "../patch/json-value.ts";
import type { JsonObject } from "../patch/json-value.ts";
import { invalidValue, required } from "./causes.ts";
import { podSpecCauses, podUpdateCauses } from "./validate-pod.ts";

const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const subdomain = String.raw`${label}(\.${label})*`;

/** What is wrong with an object, as an API server tells it; `before` is what it was before a change. */
export function causesOf(resource: Resource, object: KubeObject, before?: KubeObject): Cause[] {
  const { spec } = object as { spec?: unknown };
  return [
    ...nameCauses(resource, object),
    ...(isObject(spec) ? specCauses(resource, spec, before?.["spec"]) : []),
    ...(resource.resource === "pods" && before ? podUpdateCauses(before["spec"], spec) : []),
  ];
}

function nameCauses({ resource }: Resource, { metadata }: KubeObject): Cause[] {
  const name = metadata?.name ?? "";
  if (name === "") return [required("metadata.name", "name or generateName is required")];
  const plain = resource === "namespaces";
  const good = name.length <= (plain ? 63 : 253) && new RegExp(`^${plain ? label : subdomain}$`).test(name);
  if (good) return [];
  const what = plain
    ? `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`
    : `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
  return [invalidValue("metadata.name", name, what)];
}

const withSelector: readonly string[] = ["deployments", "replicasets", "statefulsets", "daemonsets"];
const withReplicas: readonly string[] = ["deployments", "replicasets", "statefulsets"];

function specCauses({ resource }: Resource, spec: JsonObject, before: unknown): Cause[] {
  if (resource === "pods") return [...podSpecCauses(spec, "spec"), ...restartCauses(resource, spec, "spec")];
  const causes: Cause[] = [];
  const { replicas, template } = spec;
  if (resource === "services" && !Array.isArray(spec["ports"]) && spec["clusterIP"] !== "None") {
    if (spec["type"] !== "ExternalName") causes.push(required("spec.ports"));
  }
  if (withReplicas.includes(resource)) causes.push(...negative("spec.replicas", replicas));
  for (const field of ["minReadySeconds", "revisionHistoryLimit", "parallelism", "completions", "backoffLimit"]) {
    causes.push(...negative(`spec.${field}`, spec[field]));
  }
  if (withSelector.includes(resource)) causes.push(...selectorCauses(spec));
  if (isObject(before) && withSelector.includes(resource) && !isDeepStrictEqual(before["selector"], spec["selector"])) {
    causes.push(invalidValue("spec.selector", spec["selector"], "field is immutable"));
  }
  if (isObject(template)) {
    const pod = isObject(template["spec"]) ? template["spec"] : {};
    causes.push(...podSpecCauses(pod, "spec.template.spec"), ...restartCauses(resource, pod));
  }
  return causes;
}

function negative(field: string, value: unknown): Cause[] {
  return typeof value === "number" && value < 0
    ? [invalidValue(field, value, "must be greater than or equal to 0")]
    : [];
}

function selectorCauses({ selector, template }: JsonObject): Cause[] {
  const wanted = isObject(selector) && isObject(selector["matchLabels"]) ? selector["matchLabels"] : {};
  const missing = isObject(selector) ? [] : [required("spec.selector")];
  if (isObject(selector) && Object.keys(wanted).length === 0 && !Array.isArray(selector["matchExpressions"])) {
    return [invalidValue("spec.selector", selector, "empty selector is invalid for deployment")];
  }
  const metadata = isObject(template) && isObject(template["metadata"]) ? template["metadata"] : {};
  const labels = isObject(metadata["labels"]) ? metadata["labels"] : {};
  const matches = missing.length === 0 && Object.entries(wanted).every(([key, value]) => labels[key] === value);
  return matches
    ? []
    : [
        ...missing,
        invalidValue("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"),
      ];
}

function restartCauses(resource: string, { restartPolicy }: JsonObject, path = "spec.template.spec"): Cause[] {
  const once = resource === "jobs" || resource === "cronjobs";
  const allowed = resource === "pods" ? ["Always", "OnFailure", "Never"] : once ? ["OnFailure", "Never"] : ["Always"];
  if (allowed.some((each) => each === restartPolicy)) return [];
  const values = allowed.map((each) => `"${each}"`).join(", ");
  const message = `Unsupported value: ${JSON.stringify(restartPolicy ?? "")}: supported values: ${values}`;
  return [{ reason: "FieldValueNotSupported", message, field: `${path}.restartPolicy` }];
}
