import { isDeepStrictEqual } from "node:util";

import type { Cause } from "../api/fault.ts";
import { isObject } from "../patch/json-value.ts";
import type { JsonObject } from "../patch/json-value.ts";
import { invalidValue, required } from "./causes.ts";

const labelPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelWords =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/** What is wrong with the spec of a pod. */
export function podSpecCauses(spec: JsonObject, path: string): Cause[] {
  const { containers, initContainers } = spec;
  const regular = Array.isArray(containers) ? containers : [];
  const before = Array.isArray(initContainers) ? initContainers : [];
  const volumes = Array.isArray(spec["volumes"]) ? spec["volumes"] : [];
  const seen = new Set<string>();
  const names = new Set(volumes.map((volume: unknown) => (isObject(volume) ? volume["name"] : undefined)));
  const each = (list: readonly unknown[], field: string) =>
    list.flatMap((container, index) =>
      isObject(container) ? containerCauses(container, `${path}.${field}[${index}]`, seen, names) : [],
    );
  return [
    ...(regular.length === 0 ? [required(`${path}.containers`)] : []),
    ...each(regular, "containers"),
    ...each(before, "initContainers"),
  ];
}

function containerCauses(
  { name, image, env, ports, volumeMounts }: JsonObject,
  path: string,
  seen: Set<string>,
  volumes: ReadonlySet<unknown>,
): Cause[] {
  const causes: Cause[] = [];
  if (typeof name !== "string" || name === "") causes.push(required(`${path}.name`));
  else if (seen.has(name)) {
    const message = `Duplicate value: ${JSON.stringify(name)}`;
    causes.push({ reason: "FieldValueDuplicate", message, field: `${path}.name` });
  } else if (!labelPattern.test(name)) causes.push(invalidValue(`${path}.name`, name, labelWords));
  if (typeof name === "string") seen.add(name);
  if (typeof image !== "string" || image === "") causes.push(required(`${path}.image`));
  for (const [index, variable] of items(env)) {
    if (typeof variable["name"] !== "string" || variable["name"] === "") {
      causes.push(required(`${path}.env[${index}].name`));
    }
  }
  for (const [index, port] of items(ports)) {
    const number = port["containerPort"];
    if (typeof number === "number" && number >= 1 && number <= 65_535) continue;
    const field = `${path}.ports[${index}].containerPort`;
    causes.push(
      number === undefined ? required(field) : invalidValue(field, number, "must be between 1 and 65535, inclusive"),
    );
  }
  for (const [index, mount] of items(volumeMounts)) {
    if (volumes.has(mount["name"])) continue;
    const message = `Not found: ${JSON.stringify(mount["name"])}`;
    causes.push({ reason: "FieldValueNotFound", message, field: `${path}.volumeMounts[${index}].name` });
  }
  return causes;
}

function items(list: unknown): [number, JsonObject][] {
  return (Array.isArray(list) ? list : []).flatMap((item: unknown, index): [number, JsonObject][] =>
    isObject(item) ? [[index, item]] : [],
  );
}

/** Of a pod that there is, little can be changed. */
export function podUpdateCauses(before: unknown, after: unknown): Cause[] {
  const fixed = (spec: unknown) => {
    if (!isObject(spec)) return spec;
    const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, ...rest } = spec;
    const bare = (list: unknown) =>
      Array.isArray(list)
        ? list.map((each: unknown) => (isObject(each) ? { ...each, image: "", resources: {} } : each))
        : list;
    return { ...rest, containers: bare(spec["containers"]), initContainers: bare(spec["initContainers"]) };
  };
  if (isDeepStrictEqual(fixed(before), fixed(after))) return [];
  const changeable =
    "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
  const message = `Forbidden: pod updates may not change fields other than ${changeable}`;
  return [{ reason: "FieldValueForbidden", message, field: "spec" }];
}
