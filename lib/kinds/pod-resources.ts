import { isSidecar } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, conditionOf, cpuIn, hasObject, listIn, namedEntry, objectIn, quantityIn } from "./read-object.ts";

export type Resource = "cpu" | "memory";
export type Bound = "requests" | "limits";

/** Millicores or bytes; null where nothing asks for any, which is not the same as asking for 0. */
export type Amount = number | null;

/**
 * What the scheduler counts for a pod: containers and sidecars together, or the neediest moment of its initialization if that is
 * more; what is set for the pod as a whole instead; the overhead on top. While a running pod is being resized it counts with the
 * largest of what is asked for, promised by the node and in force.
 */
export function podAmount(pod: JsonObject, bound: Bound, resource: Resource): Amount {
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const amount = wholePodAmount(spec, status, bound, resource) ?? containersAmount(spec, status, bound, resource);
  const overhead = amountIn(objectIn(spec, "overhead"), resource);
  // No limit stays no limit; a request there always is when there is an overhead.
  return bound === "limits" && !amount ? amount : add(amount, overhead);
}

export function amountIn(list: JsonObject, resource: Resource): Amount {
  return resource === "cpu" ? cpuIn(list, resource) : quantityIn(list, resource);
}

/** A container's own amount as its spec says it. */
export function containerAmount(container: JsonObject, bound: Bound, resource: Resource): Amount {
  return amountIn(objectIn(objectIn(container, "resources"), bound), resource);
}

function wholePodAmount(spec: JsonObject, status: JsonObject, bound: Bound, resource: Resource): Amount {
  const asked = amountIn(objectIn(objectIn(spec, "resources"), bound), resource);
  if (asked === null) return null;
  const inForce = amountIn(objectIn(objectIn(status, "resources"), bound), resource);
  const promised = bound === "requests" ? amountIn(objectIn(status, "allocatedResources"), resource) : null;
  return larger(isInfeasible(status) && (inForce ?? promised) !== null ? null : asked, larger(inForce, promised));
}

/** Says which of its amounts a container counts with. */
type View = (container: JsonObject, status: JsonObject | null) => Amount;

function containersAmount(spec: JsonObject, status: JsonObject, bound: Bound, resource: Resource): Amount {
  const asked: View = (container) => containerAmount(container, bound, resource);
  if (!isResized(spec, status, bound, resource)) return sum(spec, status, asked);

  const infeasible = isInfeasible(status);
  const fallback = (container: JsonObject): Amount => (infeasible ? null : asked(container, null));
  const promised: View = (container, state) =>
    state !== null && hasObject(state, "allocatedResources")
      ? amountIn(objectIn(state, "allocatedResources"), resource)
      : fallback(container);
  const inForce: View = (container, state) => {
    const resources = state === null ? null : objectIn(state, "resources");
    if (resources !== null && hasObject(resources, bound)) return amountIn(objectIn(resources, bound), resource);
    return bound === "requests" ? promised(container, state) : fallback(container);
  };
  const actual =
    bound === "requests" ? larger(sum(spec, status, promised), sum(spec, status, inForce)) : sum(spec, status, inForce);
  return infeasible ? actual : larger(sum(spec, status, asked), actual);
}

/** Whether any container has other amounts now than its spec asks for. The API writes equal quantities alike. */
function isResized(spec: JsonObject, status: JsonObject, bound: Bound, resource: Resource): boolean {
  return (
    anyResized(listIn(spec, "containers"), listIn(status, "containerStatuses"), bound, resource) ||
    anyResized(listIn(spec, "initContainers"), listIn(status, "initContainerStatuses"), bound, resource)
  );
}

function anyResized(
  containers: readonly unknown[],
  statuses: readonly unknown[],
  bound: Bound,
  resource: Resource,
): boolean {
  for (let place = 0; place < statuses.length; place++) {
    const state = asObject(statuses[place]);
    const resources = objectIn(state, "resources");
    const promises = bound === "requests" && hasObject(state, "allocatedResources");
    if (!promises && !hasObject(resources, bound)) continue;
    const container = typeof state["name"] === "string" ? namedEntry(containers, state["name"], place) : null;
    const asked = objectIn(objectIn(asObject(container), "resources"), bound)[resource];
    if (promises && objectIn(state, "allocatedResources")[resource] !== asked) return true;
    if (hasObject(resources, bound) && objectIn(resources, bound)[resource] !== asked) return true;
  }
  return false;
}

function sum(spec: JsonObject, status: JsonObject, view: View): Amount {
  const states = listIn(status, "containerStatuses");
  const initStates = listIn(status, "initContainerStatuses");
  let total: Amount = null;
  let place = 0;
  for (const entry of listIn(spec, "containers")) {
    const container = asObject(entry);
    total = add(total, view(container, stateOf(container, states, place++)));
  }
  // While the n-th init container runs, the sidecars before it run too.
  let sidecars: Amount = null;
  let neediest: Amount = null;
  place = 0;
  for (const entry of listIn(spec, "initContainers")) {
    const container = asObject(entry);
    const own = view(container, stateOf(container, initStates, place++));
    if (isSidecar(container)) {
      total = add(total, own);
      sidecars = add(sidecars, own);
      neediest = larger(neediest, sidecars);
    } else neediest = larger(neediest, add(own, sidecars));
  }
  return larger(total, neediest);
}

function stateOf(container: JsonObject, states: readonly unknown[], place: number): JsonObject | null {
  const name = container["name"];
  return typeof name === "string" ? namedEntry(states, name, place) : null;
}

function isInfeasible(status: JsonObject): boolean {
  const pending = conditionOf(status, "PodResizePending");
  return pending !== null && pending["reason"] === "Infeasible";
}

function add(a: Amount, b: Amount): Amount {
  return a === null ? b : b === null ? a : a + b;
}

function larger(a: Amount, b: Amount): Amount {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
