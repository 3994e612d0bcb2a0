import type { KubernetesApi } from "../../kinds/kind.ts";
import { StowageError } from "../error.ts";

/**
 * `/api/v1/pods`, `/apis/apps/v1/namespaces/shop/deployments/web`: where a resource is; null namespace is all of them. Throws
 * `not-found` for names that would lead elsewhere.
 */
export function resourcePath(api: KubernetesApi, namespace: string | null, name?: string): string {
  const root = api.group === "" ? `/api/${api.version}` : `/apis/${api.group}/${api.version}`;
  const within = api.namespaced && namespace !== null ? `/namespaces/${segment(namespace)}` : "";
  return `${root}${within}/${api.resource}${name === undefined ? "" : `/${segment(name)}`}`;
}

/**
 * One part of a path. No name in Kubernetes is `.` or `..` or holds `/` or `%`: the API server decodes a path before it splits it, so
 * that an encoded slash would lead into another resource.
 */
function segment(text: string): string {
  if (text === "" || text === "." || text === ".." || /[/%]/.test(text)) throw new StowageError("not-found", text);
  return encodeURIComponent(text);
}
