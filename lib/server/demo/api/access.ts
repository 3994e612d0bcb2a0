import { ApiFault, qualified } from "./fault.ts";
import type { Resource } from "./resources.ts";

/** What somebody wants to do, as an access review asks it. `namespace` is empty for all, or for what is in none. */
export type Wish = {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
};

export const visitor = { username: "demo-visitor", groups: ["demo", "system:authenticated"] };

const looking: readonly string[] = ["get", "list", "watch"];
const writing: readonly string[] = ["create", "update", "patch", "delete", "deletecollection"];

/** What the visitor may: look at everything, change what runs; not the cluster's own parts, nor what everything stands on. */
export function mayVisitor({ verb, group, resource, subresource, namespace }: Wish): boolean {
  const looks = looking.includes(verb);
  // A shell is no look, by whichever verb it is opened.
  if (looks && !(resource === "pods" && ["exec", "attach", "portforward"].includes(subresource))) return true;
  if (!looks && !writing.includes(verb)) return false;
  if (group === "" && resource === "namespaces") return verb === "create" || verb === "update" || verb === "patch";
  if (group === "" && resource === "nodes") return verb === "update" || verb === "patch";
  // In all namespaces would be in kube-system too.
  return namespace !== "" && namespace !== "kube-system";
}

/** Refuses what the visitor may not, in the API server's words. */
export function refuse(resource: Resource, wish: Wish): ApiFault {
  const { verb, group, subresource, namespace, name } = wish;
  const what = subresource === "" ? resource.resource : `${resource.resource}/${subresource}`;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const who = `User "${visitor.username}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  const named = name === "" ? "" : ` "${name}"`;
  const details = { ...(name === "" ? {} : { name }), ...(group === "" ? {} : { group }), kind: resource.resource };
  return new ApiFault(403, "Forbidden", `${qualified(resource)}${named} is forbidden: ${who}`, details);
}
