import {
  bytesOnDisk,
  imageHistory,
  imageInspected,
  imageSummary,
  inspected,
  isOn,
  listed,
  networkOf,
  volumeOf,
} from "./describe.ts";
import { streamEvents } from "./events.ts";
import type { EngineContainer, EngineWorld, KeptImage } from "./engine-world.ts";
import { EngineFault, noContainer, noImage } from "./fault.ts";
import { api, host } from "./host.ts";
import { streamLog } from "./log.ts";
import { statsOf, topOf } from "./measures.ts";
import type { Asked, Route } from "./route.ts";
import { filtersOf, fits, hasLabels, isTrue } from "./route.ts";

/** What an engine is asked without anything being changed. */
export const readRoutes: readonly Route[] = [
  { method: "GET", path: /^\/_ping$/, answer: ({ response }) => void response.end("OK") },
  { method: "GET", path: /^\/version$/, answer: () => version() },
  { method: "GET", path: /^\/info$/, answer: ({ world }) => info(world) },
  { method: "GET", path: /^\/events$/, answer: (asked) => streamEvents(asked) },
  { method: "GET", path: /^\/system\/df$/, answer: ({ world }) => diskUse(world) },
  { method: "GET", path: /^\/containers\/json$/, answer: (asked) => listContainers(asked) },
  {
    method: "GET",
    path: /^\/containers\/([^/]+)\/json$/,
    answer: (asked) => inspected(asked.world, containerOf(asked)),
  },
  { method: "GET", path: /^\/containers\/([^/]+)\/top$/, answer: (asked) => topOf(runningOf(asked)) },
  { method: "GET", path: /^\/containers\/([^/]+)\/stats$/, answer: (asked) => streamStats(asked) },
  {
    method: "GET",
    path: /^\/containers\/([^/]+)\/changes$/,
    answer: (asked) => {
      const { changed } = containerOf(asked);
      // A folder is changed by what was put into it.
      return changed.map((Path) => ({ Path, Kind: changed.some((other) => other.startsWith(`${Path}/`)) ? 0 : 1 }));
    },
  },
  { method: "GET", path: /^\/containers\/([^/]+)\/logs$/, answer: (asked) => streamLog(asked, containerOf(asked)) },
  {
    method: "GET",
    path: /^\/images\/json$/,
    answer: ({ world, query }) => {
      const filters = filtersOf(query);
      return [...world.images.values()]
        .filter(({ names }) => fits(filters, "dangling", (value) => isTrue(value) === (names.size === 0)))
        .filter((kept) => fits(filters, "reference", (value) => world.image(value) === kept))
        .filter(({ image }) => hasLabels(filters, image.config.Labels))
        .map((kept) => imageSummary(world, kept, isTrue(query.get("shared-size"))));
    },
  },
  { method: "GET", path: /^\/images\/(.+)\/json$/, answer: (asked) => imageInspected(imageIn(asked)) },
  { method: "GET", path: /^\/images\/(.+)\/history$/, answer: (asked) => imageHistory(imageIn(asked)) },
  {
    method: "GET",
    path: /^\/volumes$/,
    answer: ({ world, query }) => {
      const filters = filtersOf(query);
      const used = new Set([...world.containers.values()].flatMap(({ volumes }) => volumes.map(({ name }) => name)));
      const found = [...world.volumes.values()]
        .filter(
          ({ name, labels }) => fits(filters, "name", (value) => name.includes(value)) && hasLabels(filters, labels),
        )
        .filter(({ name }) => fits(filters, "dangling", (value) => isTrue(value) !== used.has(name)));
      return { Volumes: found.map((volume) => volumeOf(world, volume, false)), Warnings: null };
    },
  },
  {
    method: "GET",
    path: /^\/volumes\/([^/]+)$/,
    answer: ({ world, words }) => {
      const volume = world.volumes.get(words[0] ?? "");
      if (!volume) throw new EngineFault(404, `get ${words[0]}: no such volume`);
      return volumeOf(world, volume, false);
    },
  },
  {
    method: "GET",
    path: /^\/networks$/,
    answer: ({ world, query }) => {
      const filters = filtersOf(query);
      return [...world.networks.values()]
        .filter(({ name }) => fits(filters, "name", (value) => name.includes(value)))
        .filter(({ id }) => fits(filters, "id", (value) => id.startsWith(value)))
        .filter(
          ({ driver, labels }) => fits(filters, "driver", (value) => driver === value) && hasLabels(filters, labels),
        )
        .map((network) => networkOf(world, network));
    },
  },
  {
    method: "GET",
    path: /^\/networks\/([^/]+)$/,
    answer: ({ world, words }) => {
      const [word = ""] = words;
      const network = [...world.networks.values()].find(({ id, name }) => name === word || id.startsWith(word));
      if (!network) throw new EngineFault(404, `network ${word} not found`);
      return networkOf(world, network);
    },
  },
];

export function containerOf({ world, words }: Asked): EngineContainer {
  const container = world.container(words[0] ?? "");
  if (!container) throw noContainer(words[0] ?? "");
  return container;
}

function runningOf(asked: Asked): EngineContainer {
  const container = containerOf(asked);
  if (!isOn(container)) throw new EngineFault(409, `Container ${container.id} is not running`);
  return container;
}

export function imageIn({ world, words }: Asked): KeptImage {
  const kept = world.image(words[0] ?? "");
  if (!kept) throw noImage(words[0] ?? "");
  return kept;
}

function version(): object {
  return {
    Platform: { Name: "Docker Engine - Demo" },
    Version: api.version,
    ApiVersion: api.newest,
    MinAPIVersion: api.oldest,
    Os: "linux",
    Arch: "amd64",
    KernelVersion: host.kernel,
    GitCommit: "demo",
    GoVersion: "none",
    BuildTime: "2026-09-01T00:00:00.000000000+00:00",
    Components: [
      {
        Name: "Engine",
        Version: api.version,
        Details: { ApiVersion: api.newest, MinAPIVersion: api.oldest, Os: "linux", Arch: "amd64", GoVersion: "none" },
      },
    ],
  };
}

function info(world: EngineWorld): object {
  const all = [...world.containers.values()];
  const count = (state: string) => all.filter((container) => container.state === state).length;
  return {
    ID: "DEMO:WORKBENCH",
    Name: host.name,
    Containers: all.length,
    ContainersRunning: count("running"),
    ContainersPaused: count("paused"),
    ContainersStopped: count("exited") + count("created"),
    Images: world.images.size,
    Driver: "overlay2",
    DriverStatus: [
      ["Backing Filesystem", "extfs"],
      ["Supports d_type", "true"],
    ],
    Plugins: { Volume: ["local"], Network: ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"] },
    OperatingSystem: "Debian GNU/Linux 13 (trixie)",
    OSType: "linux",
    KernelVersion: host.kernel,
    Architecture: "x86_64",
    NCPU: host.cpus,
    MemTotal: host.memory,
    ServerVersion: api.version,
    DefaultRuntime: "runc",
    Runtimes: { runc: {}, "io.containerd.runc.v2": {} },
    DockerRootDir: "/var/lib/docker",
    LoggingDriver: "json-file",
    CgroupDriver: "systemd",
    CgroupVersion: "2",
    SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns"],
    LiveRestoreEnabled: false,
    Swarm: { LocalNodeState: "inactive" },
    Warnings: ["WARNING: No swap limit support"],
    RegistryConfig: { IndexConfigs: { "docker.io": { Secure: true } }, Mirrors: [] },
  };
}

function diskUse(world: EngineWorld): object {
  return {
    LayersSize: bytesOnDisk(world),
    Images: [...world.images.values()].map((kept) => imageSummary(world, kept, true)),
    Containers: [...world.containers.values()].map((container) => listed(world, container)),
    Volumes: [...world.volumes.values()].map((volume) => volumeOf(world, volume, true)),
    BuildCache: [],
  };
}

function listContainers({ world, query }: Asked): object {
  const filters = filtersOf(query);
  const limit = Number(query.get("limit") ?? 0);
  const all = isTrue(query.get("all")) || limit > 0 || (filters["status"] ?? []).length > 0;
  const found = [...world.containers.values()]
    .filter((container) => all || isOn(container) || container.state === "restarting")
    .filter(({ state }) => fits(filters, "status", (value) => value === state))
    .filter(({ health }) => fits(filters, "health", (value) => value === (health ?? "none")))
    .filter(({ id }) => fits(filters, "id", (value) => id.startsWith(value)))
    .filter(({ name }) => fits(filters, "name", (value) => `/${name}`.includes(value)))
    .filter(({ network }) => fits(filters, "network", (value) => value === network))
    .filter(({ volumes }) => fits(filters, "volume", (value) => volumes.some(({ name }) => name === value)))
    .filter(({ imageId }) => fits(filters, "ancestor", (value) => world.image(value)?.image.id === imageId))
    .filter(({ labels }) => hasLabels(filters, labels))
    .toSorted((a, b) => b.created - a.created)
    .map((container) => listed(world, container));
  return limit > 0 ? found.slice(0, limit) : found;
}

function streamStats(asked: Asked): object | void {
  const { world, query, response } = asked;
  const container = containerOf(asked);
  if (query.get("stream") !== null && !isTrue(query.get("stream"))) return statsOf(world, container);
  const say = () => response.write(`${JSON.stringify(statsOf(world, container))}\n`);
  response.writeHead(200, { "content-type": "application/json" });
  say();
  const timer = setInterval(say, 1_000);
  response.once("close", () => clearInterval(timer));
}
