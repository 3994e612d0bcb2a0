import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, hasObject, isTrue, listIn, objectIn, textIn } from "../../kinds/read-object.ts";

/**
 * One environment variable. `value` is what the spec says in plain; `ref` is where it comes from, and is never followed: whoever
 * may read a pod may not therefore read its secrets.
 */
export type EnvView = {
  name: string;
  from: "value" | "secret" | "configMap" | "field" | "resource" | "other";
  /** The plain value, or what is referred to: `db-password`, key `url` of it, a field path. */
  value: string;
  key: string | null;
  optional: boolean;
};

export function envOf(container: JsonObject): EnvView[] {
  return listIn(container, "env").flatMap((entry) => {
    const variable = asObject(entry);
    const name = textIn(variable, "name");
    return name === null ? [] : [oneOf(name, variable)];
  });
}

function oneOf(name: string, variable: JsonObject): EnvView {
  if (!hasObject(variable, "valueFrom")) {
    return { name, from: "value", value: textIn(variable, "value") ?? "", key: null, optional: false };
  }
  const from = objectIn(variable, "valueFrom");
  const named = (field: string, type: "secret" | "configMap"): EnvView => {
    const ref = objectIn(from, field);
    return {
      name,
      from: type,
      value: textIn(ref, "name") ?? "",
      key: textIn(ref, "key"),
      optional: isTrue(ref, "optional"),
    };
  };
  if (hasObject(from, "secretKeyRef")) return named("secretKeyRef", "secret");
  if (hasObject(from, "configMapKeyRef")) return named("configMapKeyRef", "configMap");
  if (hasObject(from, "fieldRef")) {
    return {
      name,
      from: "field",
      value: textIn(objectIn(from, "fieldRef"), "fieldPath") ?? "",
      key: null,
      optional: false,
    };
  }
  if (hasObject(from, "resourceFieldRef")) {
    const ref = objectIn(from, "resourceFieldRef");
    return {
      name,
      from: "resource",
      value: textIn(ref, "resource") ?? "",
      key: textIn(ref, "containerName"),
      optional: false,
    };
  }
  return { name, from: "other", value: Object.keys(from)[0] ?? "", key: null, optional: false };
}

/** Whole config maps and secrets taken as variables; `name` is their prefix. */
export function envFromOf(container: JsonObject): EnvView[] {
  return listIn(container, "envFrom").flatMap((entry): EnvView[] => {
    const source = asObject(entry);
    const field = hasObject(source, "secretRef")
      ? "secretRef"
      : hasObject(source, "configMapRef")
        ? "configMapRef"
        : null;
    if (field === null) return [];
    const ref = objectIn(source, field);
    return [
      {
        name: textIn(source, "prefix") ?? "",
        from: field === "secretRef" ? "secret" : "configMap",
        value: textIn(ref, "name") ?? "",
        key: null,
        optional: isTrue(ref, "optional"),
      },
    ];
  });
}
