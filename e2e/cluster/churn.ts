import type { ApiClient } from "./api-client.ts";
import { stateLabel } from "./fake-states.ts";
import { fleetLabel, fleetNamespaces } from "./fleet-workloads.ts";
import type { KubeObject } from "./resource-path.ts";
import { pick, seededRandom } from "./seeded-random.ts";
import { sleep } from "./wait-until.ts";

export interface ChurnOptions {
  /** Writes a second that this makes; what controllers and KWOK write in answer comes on top. */
  rate: number;
  seconds: number;
  signal?: AbortSignal;
}

export interface ChurnSummary {
  seconds: number;
  statusPatches: number;
  labelPatches: number;
  deletions: number;
  heartbeats: number;
  /** Writes that found their object gone or changed. */
  missed: number;
  writesPerSecond: number;
}

interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  state?: object;
  lastState?: object;
}

interface FleetPod extends KubeObject {
  status: { startTime?: string; containerStatuses?: ContainerStatus[] };
}

const pods = `labelSelector=${encodeURIComponent(`${fleetLabel}=workload,!${stateLabel}`)}&fieldSelector=${encodeURIComponent("status.phase=Running")}`;
const nodes = `labelSelector=${encodeURIComponent("stowage.test/fleet=node")}`;

const ticksPerSecond = 10;

/** Changes fake pods and nodes through the API server at about this rate, until the time is over. */
export async function churn(api: ApiClient, options: ChurnOptions): Promise<ChurnSummary> {
  const summary = { statusPatches: 0, labelPatches: 0, deletions: 0, heartbeats: 0, missed: 0 };
  const random = seededRandom(Date.now());
  let population = await readPopulation(api, random);
  let populationAge = Date.now();
  const began = Date.now();
  const inFlight = new Set<Promise<void>>();
  let owed = 0;
  let last = began;
  while (Date.now() - began < options.seconds * 1000 && !options.signal?.aborted) {
    await sleep(1000 / ticksPerSecond);
    const now = Date.now();
    owed += ((now - last) / 1000) * options.rate;
    last = now;
    // A server that cannot keep up gets no unbounded queue: what it missed is not made up for.
    const room = Math.max(0, Math.max(32, options.rate) - inFlight.size);
    const batch = Math.min(Math.floor(owed), room);
    owed = Math.min(owed - batch, options.rate);
    for (let index = 0; index < batch; index++) {
      const write = writeOne(api, population, random, summary).catch(() => {
        summary.missed++;
      });
      inFlight.add(write);
      void write.finally(() => inFlight.delete(write));
    }
    // Deleted pods have new names after a while, and other namespaces shall have their turn.
    if (now - populationAge > 20_000) {
      populationAge = now;
      population = await readPopulation(api, random);
    }
  }
  await Promise.all(inFlight);
  const seconds = (Date.now() - began) / 1000;
  const writes = summary.statusPatches + summary.labelPatches + summary.deletions + summary.heartbeats;
  return { seconds, ...summary, writesPerSecond: writes / seconds };
}

interface Population {
  pods: FleetPod[];
  nodes: string[];
}

/** A few hundred pods of some namespaces: reading all of a large fleet would be more work than what follows. */
async function readPopulation(api: ApiClient, random: () => number): Promise<Population> {
  const namespaces = Array.from({ length: 4 }, () => pick(random, fleetNamespaces()));
  const pages = await Promise.all(
    [...new Set(namespaces)].map((namespace) =>
      api.get<{ items: FleetPod[] }>(`/api/v1/namespaces/${namespace}/pods?limit=200&${pods}`),
    ),
  );
  return {
    pods: pages.flatMap((page) => page.items).filter((pod) => pod.status.containerStatuses),
    nodes: (await api.table("/api/v1/nodes", nodes)).map((row) => String(row["Name"])),
  };
}

type Counts = Omit<ChurnSummary, "seconds" | "writesPerSecond">;

async function writeOne(api: ApiClient, population: Population, random: () => number, counts: Counts): Promise<void> {
  const dice = random();
  if (dice < 0.05 && population.nodes.length > 0) {
    await beat(api, pick(random, population.nodes));
    counts.heartbeats++;
    return;
  }
  if (population.pods.length === 0) return;
  const index = Math.floor(random() * population.pods.length);
  const pod = population.pods[index] as FleetPod;
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
  if (dice < 0.1) {
    // Its Deployment makes another.
    population.pods.splice(index, 1);
    await api.delete(path);
    counts.deletions++;
  } else if (dice < 0.15) {
    await api.patch(
      path,
      { metadata: { labels: { "churn.stowage.test/seen": String(Math.floor(random() * 10)) } } },
      "merge",
    );
    counts.labelPatches++;
  } else {
    await api.patch(`${path}/status`, nextStatus(pod, random), "strategic");
    counts.statusPatches++;
  }
}

/** Toggles readiness, or restarts a container with a reason. Remembers in `pod` what it wrote. */
function nextStatus(pod: FleetPod, random: () => number): object {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const container = pick(random, pod.status.containerStatuses ?? []);
  if (random() < 0.5) {
    container.ready = !container.ready;
  } else {
    container.restartCount++;
    container.ready = true;
    container.lastState = {
      terminated: {
        exitCode: pick(random, [1, 2, 137, 143]),
        reason: pick(random, ["Error", "OOMKilled", "Completed"]),
        startedAt: pod.status.startTime,
        finishedAt: now,
      },
    };
    container.state = { running: { startedAt: now } };
  }
  const isReady = pod.status.containerStatuses?.every((one) => one.ready) ?? false;
  const status = isReady ? "True" : "False";
  return {
    status: {
      containerStatuses: [container],
      conditions: [
        { type: "Ready", status, lastTransitionTime: now },
        { type: "ContainersReady", status, lastTransitionTime: now },
      ],
    },
  };
}

async function beat(api: ApiClient, node: string): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const conditions = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"].map((type) => ({
    type,
    lastHeartbeatTime: now,
  }));
  await api.patch(`/api/v1/nodes/${node}/status`, { status: { conditions } }, "strategic");
}
