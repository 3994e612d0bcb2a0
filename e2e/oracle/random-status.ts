import { pick } from "../cluster/seeded-random.ts";

/** Numbers in [0, 1). */
export type Random = () => number;

type Container = { name: string; image: string; restartPolicy?: "Always" };
export type RandomPod = {
  init: Container[];
  regular: Container[];
  ephemeral: Container[];
  restartPolicy: string;
  readinessGates: string[];
};

const day = 86_400;

export function chance(random: Random, share: number): boolean {
  return random() < share;
}

function upTo(random: Random, most: number): number {
  return Math.floor(random() * (most + 1));
}

/** The containers of a pod: init containers of which some are sidecars, regular and ephemeral ones. */
export function randomPod(random: Random): RandomPod {
  const named = (prefix: string, count: number): Container[] =>
    Array.from({ length: count }, (_, place) => ({
      name: `${prefix}-${place}`,
      image: `example.test/${prefix}:${place}`,
    }));
  const init = named("init", chance(random, 0.6) ? upTo(random, 4) : 0);
  return {
    init: init.map((container) => (chance(random, 0.4) ? { ...container, restartPolicy: "Always" } : container)),
    regular: named("main", 1 + upTo(random, 3)),
    ephemeral: chance(random, 0.2) ? named("debug", 1 + upTo(random, 1)) : [],
    restartPolicy: pick(random, ["Always", "OnFailure", "Never"]),
    readinessGates: chance(random, 0.2) ? ["example.test/one", "example.test/two"].slice(0, 1 + upTo(random, 1)) : [],
  };
}

/** A status that the API server lets through, however unlikely a kubelet is to report it. `now` is in seconds. */
export function randomStatus(random: Random, pod: RandomPod, now: number): Record<string, unknown> {
  const status: Record<string, unknown> = {
    phase: pick(random, ["Pending", "Pending", "Running", "Running", "Running", "Succeeded", "Failed", "Unknown"]),
    conditions: randomConditions(random, pod, now),
  };
  if (chance(random, 0.2))
    status["reason"] = pick(random, ["NodeLost", "Evicted", "UnexpectedAdmissionError", "Shutdown"]);
  if (chance(random, 0.3)) status["message"] = "because";
  if (chance(random, 0.9)) status["containerStatuses"] = statuses(random, pod.regular, now);
  if (chance(random, 0.9)) status["initContainerStatuses"] = initStatuses(random, pod.init, now);
  if (chance(random, 0.9)) status["ephemeralContainerStatuses"] = statuses(random, pod.ephemeral, now);
  if (chance(random, 0.3)) status["nominatedNodeName"] = "somewhere";
  if (chance(random, 0.5)) {
    status["podIP"] = "10.1.2.3";
    status["podIPs"] = chance(random, 0.5) ? [{ ip: "10.1.2.3" }, { ip: "fd00::3" }] : [{ ip: "10.1.2.3" }];
  }
  return status;
}

function randomConditions(random: Random, pod: RandomPod, now: number): unknown[] {
  const types = ["PodScheduled", "Initialized", "Ready", "ContainersReady", ...pod.readinessGates];
  return types
    .filter(() => chance(random, 0.7))
    .map((type) => {
      const condition: Record<string, unknown> = {
        type,
        status: pick(random, ["True", "True", "False", "Unknown"]),
        lastTransitionTime: moment(random, now),
      };
      if (type === "PodScheduled" && chance(random, 0.4))
        condition["reason"] = pick(random, ["SchedulingGated", "Unschedulable"]);
      return condition;
    });
}

/** Mostly one status for each container in order, now and then fewer, turned round, or of a container that is not there. */
function statuses(random: Random, containers: readonly Container[], now: number): unknown[] {
  const found = containers.map((container) => containerStatus(random, container, now));
  if (chance(random, 0.1)) found.pop();
  if (chance(random, 0.1)) found.reverse();
  if (chance(random, 0.05))
    found.push(containerStatus(random, { name: "stranger", image: "example.test/stranger" }, now));
  return found;
}

/** Init containers run one after the other: often all before a point are done, and all behind it wait. */
function initStatuses(random: Random, containers: readonly Container[], now: number): unknown[] {
  if (chance(random, 0.4)) return statuses(random, containers, now);
  const point = upTo(random, containers.length);
  return containers.map((container, place) => {
    const status = containerStatus(random, container, now);
    if (place === point) return status;
    if (place > point)
      return { ...status, ready: false, started: false, state: { waiting: { reason: "PodInitializing" } } };
    if (container.restartPolicy === "Always")
      return { ...status, started: true, state: { running: { startedAt: moment(random, now) } } };
    return { ...status, ready: true, state: { terminated: { exitCode: 0, reason: "Completed" } } };
  });
}

function containerStatus(random: Random, { name, image }: Container, now: number): Record<string, unknown> {
  const status: Record<string, unknown> = {
    name,
    image,
    imageID: "",
    ready: chance(random, 0.6),
    restartCount: pick(random, [0, 0, 0, 1, 2, 17, 4096]),
    state: randomState(random, now),
    lastState: chance(random, 0.5) ? { terminated: terminated(random, now) } : {},
  };
  if (chance(random, 0.7)) status["started"] = chance(random, 0.6);
  return status;
}

function randomState(random: Random, now: number): Record<string, unknown> {
  const waiting = { waiting: randomWaiting(random) };
  const running = { running: { startedAt: moment(random, now) } };
  const ended = { terminated: terminated(random, now) };
  return pick(random, [
    waiting,
    waiting,
    running,
    running,
    running,
    ended,
    ended,
    {},
    { ...waiting, ...running },
    { ...running, ...ended },
  ]);
}

const waitingReasons = [
  "CrashLoopBackOff",
  "ImagePullBackOff",
  "ErrImagePull",
  "CreateContainerConfigError",
  "ContainerCreating",
  "PodInitializing",
  "Completed",
];

function randomWaiting(random: Random): Record<string, unknown> {
  return chance(random, 0.2) ? {} : { reason: pick(random, waitingReasons), message: "because" };
}

function terminated(random: Random, now: number): Record<string, unknown> {
  const ended: Record<string, unknown> = { exitCode: pick(random, [0, 0, 1, 137, 255, -1]) };
  if (chance(random, 0.6))
    ended["reason"] = pick(random, ["Completed", "Error", "OOMKilled", "ContainerStatusUnknown", "DeadlineExceeded"]);
  if (chance(random, 0.2)) ended["signal"] = pick(random, [9, 15]);
  if (chance(random, 0.8)) ended["finishedAt"] = moment(random, now);
  return ended;
}

/** From some years ago to a little in the future, most of them recent: each range of ages has its own form. */
export function moment(random: Random, now: number): string {
  const ago = pick(random, [2, 120, 600, 3 * 3600, 8 * 3600, 2 * day, 8 * day, 700 * day, 3000 * day]) * random();
  const shift = chance(random, 0.05) ? -ago / 10 : ago;
  return `${new Date((now - shift) * 1000).toISOString().slice(0, 19)}Z`;
}
