import { isSidecar } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, conditionOf, cpuIn, hasObject, listIn, namedEntry, objectIn, quantityIn } from "./read-object.ts";

/** Millicores or bytes; null where nothing asks for any, which is not the same as asking for 0. */
type Amount = number | null;

export type PodAmounts = { cpu: Amount; memory: Amount; cpuLimit: Amount; memoryLimit: Amount };

const nothing: PodAmounts = { cpu: null, memory: null, cpuLimit: null, memoryLimit: null };

/**
 * What the scheduler counts for a pod: containers and sidecars together, or the neediest moment of its initialization if that is
 * more; what is set for the pod as a whole instead; the overhead on top. While a running pod is being resized it counts with the
 * largest of what is asked for, promised by the node and in force.
 */
export function podAmounts(pod: JsonObject): PodAmounts {
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const containers = containersAmounts(spec, status);
  const amounts = hasObject(spec, "resources") ? wholePodInstead(spec, status, containers) : containers;
  return hasObject(spec, "overhead") ? withOverhead(amounts, objectIn(spec, "overhead")) : amounts;
}

function amountsOf(requests: JsonObject, limits: JsonObject): PodAmounts {
  return {
    cpu: cpuIn(requests, "cpu"),
    memory: quantityIn(requests, "memory"),
    cpuLimit: cpuIn(limits, "cpu"),
    memoryLimit: quantityIn(limits, "memory"),
  };
}

/** No limit stays no limit; a request there always is when there is an overhead. */
function withOverhead(amounts: PodAmounts, overhead: JsonObject): PodAmounts {
  const { cpu, memory } = amountsOf(overhead, {});
  return addAll(amounts, {
    cpu,
    memory,
    cpuLimit: amounts.cpuLimit ? cpu : null,
    memoryLimit: amounts.memoryLimit ? memory : null,
  });
}

function wholePodInstead(spec: JsonObject, status: JsonObject, containers: PodAmounts): PodAmounts {
  const asked = askedBy(spec);
  const inForce = askedBy(status);
  const promised = amountsOf(objectIn(status, "allocatedResources"), {});
  const given = largerAll(inForce, promised);
  const infeasible = isInfeasible(status);
  const counted = (field: keyof PodAmounts): Amount => {
    if (asked[field] === null) return containers[field];
    return infeasible && given[field] !== null ? given[field] : larger(asked[field], given[field]);
  };
  return {
    cpu: counted("cpu"),
    memory: counted("memory"),
    cpuLimit: counted("cpuLimit"),
    memoryLimit: counted("memoryLimit"),
  };
}

/** The `resources` of a container's spec or status, or of a pod's. */
function askedBy(holder: JsonObject): PodAmounts {
  const resources = objectIn(holder, "resources");
  return amountsOf(objectIn(resources, "requests"), objectIn(resources, "limits"));
}

/** Says which of its amounts a container counts with. */
type View = (container: JsonObject, status: JsonObject, infeasible: boolean) => PodAmounts;

function containersAmounts(spec: JsonObject, status: JsonObject): PodAmounts {
  if (!isResized(spec, status)) return sum(spec, status, askedBy, false);
  const infeasible = isInfeasible(status);
  const given = largerAll(sum(spec, status, promisedTo, infeasible), sum(spec, status, inForceFor, infeasible));
  return infeasible ? given : largerAll(sum(spec, status, askedBy, false), given);
}

/** A node promises requests only. A resize that it cannot do does not count. */
function promisedTo(container: JsonObject, status: JsonObject, infeasible: boolean): PodAmounts {
  if (hasObject(status, "allocatedResources")) return amountsOf(objectIn(status, "allocatedResources"), {});
  if (infeasible) return nothing;
  return { ...askedBy(container), cpuLimit: null, memoryLimit: null };
}

function inForceFor(container: JsonObject, status: JsonObject, infeasible: boolean): PodAmounts {
  const resources = objectIn(status, "resources");
  const own = askedBy(status);
  const requests = hasObject(resources, "requests") ? own : promisedTo(container, status, infeasible);
  const limits = hasObject(resources, "limits") ? own : infeasible ? nothing : askedBy(container);
  return { ...requests, cpuLimit: limits.cpuLimit, memoryLimit: limits.memoryLimit };
}

/** Whether any container has other amounts now than its spec asks for. The API writes equal quantities alike. */
function isResized(spec: JsonObject, status: JsonObject): boolean {
  return (
    anyResized(listIn(spec, "containers"), listIn(status, "containerStatuses")) ||
    anyResized(listIn(spec, "initContainers"), listIn(status, "initContainerStatuses"))
  );
}

function anyResized(containers: readonly unknown[], statuses: readonly unknown[]): boolean {
  for (let place = 0; place < statuses.length; place++) {
    const status = asObject(statuses[place]);
    const promised = status["allocatedResources"];
    const given = status["resources"];
    if (promised === undefined && given === undefined) continue;
    const name = status["name"];
    const asked = objectIn(
      asObject(typeof name === "string" ? namedEntry(containers, name, place) : null),
      "resources",
    );
    if (differs(promised, asked["requests"])) return true;
    if (
      differs(asObject(given)["requests"], asked["requests"]) ||
      differs(asObject(given)["limits"], asked["limits"])
    ) {
      return true;
    }
  }
  return false;
}

function differs(now: unknown, asked: unknown): boolean {
  if (now === undefined) return false;
  const { cpu, memory } = asObject(now);
  const wanted = asObject(asked);
  return cpu !== wanted["cpu"] || memory !== wanted["memory"];
}

function sum(spec: JsonObject, status: JsonObject, view: View, infeasible: boolean): PodAmounts {
  const states = listIn(status, "containerStatuses");
  let total = nothing;
  let place = 0;
  for (const entry of listIn(spec, "containers")) {
    const container = asObject(entry);
    const own = view(container, stateOf(container, states, place++), infeasible);
    total = total === nothing ? own : addAll(total, own);
  }
  // While the n-th init container runs, the sidecars before it run too.
  const initStates = listIn(status, "initContainerStatuses");
  let sidecars = nothing;
  let neediest = nothing;
  place = 0;
  for (const entry of listIn(spec, "initContainers")) {
    const container = asObject(entry);
    const own = view(container, stateOf(container, initStates, place++), infeasible);
    if (isSidecar(container)) {
      total = addAll(total, own);
      sidecars = addAll(sidecars, own);
      neediest = largerAll(neediest, sidecars);
    } else neediest = largerAll(neediest, addAll(own, sidecars));
  }
  return neediest === nothing ? total : largerAll(total, neediest);
}

function stateOf(container: JsonObject, states: readonly unknown[], place: number): JsonObject {
  const name = container["name"];
  return asObject(typeof name === "string" ? namedEntry(states, name, place) : null);
}

function isInfeasible(status: JsonObject): boolean {
  const pending = conditionOf(status, "PodResizePending");
  return pending !== null && pending["reason"] === "Infeasible";
}

function addAll(a: PodAmounts, b: PodAmounts): PodAmounts {
  return {
    cpu: add(a.cpu, b.cpu),
    memory: add(a.memory, b.memory),
    cpuLimit: add(a.cpuLimit, b.cpuLimit),
    memoryLimit: add(a.memoryLimit, b.memoryLimit),
  };
}

function largerAll(a: PodAmounts, b: PodAmounts): PodAmounts {
  return {
    cpu: larger(a.cpu, b.cpu),
    memory: larger(a.memory, b.memory),
    cpuLimit: larger(a.cpuLimit, b.cpuLimit),
    memoryLimit: larger(a.memoryLimit, b.memoryLimit),
  };
}

function add(a: Amount, b: Amount): Amount {
  return a === null ? b : b === null ? a : a + b;
}

function larger(a: Amount, b: Amount): Amount {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
