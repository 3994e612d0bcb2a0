import { imageOf } from "../images/catalog.ts";
import { isOn } from "./describe.ts";
import { addContainer } from "./engine-story.ts";
import type { EngineContainer, EngineWorld } from "./engine-world.ts";
import { isKnownCommand, runInEarnest } from "./own-command.ts";
import { EngineFault, noImage } from "./fault.ts";
import { containerOf } from "./read-routes.ts";
import type { Asked, Route } from "./route.ts";
import { filtersOf, hasLabels, isTrue, objectOf, textOf, textsOf } from "./route.ts";

/** What 128 and a signal's number are, for the signals that people send. */
const exitOf: Readonly<Record<string, number>> = { SIGKILL: 137, SIGTERM: 143, SIGINT: 130, SIGHUP: 129 };

/** What is done to containers. */
export const containerRoutes: readonly Route[] = [
  { method: "POST", path: /^\/containers\/create$/, answer: (asked) => create(asked) },
  { method: "POST", path: /^\/containers\/prune$/, answer: ({ world, query }) => prune(world, query) },
  { method: "POST", path: /^\/containers\/([^/]+)\/start$/, answer: (asked) => start(asked.world, containerOf(asked)) },
  {
    method: "POST",
    path: /^\/containers\/([^/]+)\/stop$/,
    answer: (asked) => {
      const container = containerOf(asked);
      if (!isOn(container) && container.state !== "restarting") return 304;
      asked.world.tellOf(container, "kill", { signal: "15" });
      asked.world.end(container, 0);
      asked.world.tellOf(container, "stop");
      return 204;
    },
  },
  {
    method: "POST",
    path: /^\/containers\/([^/]+)\/restart$/,
    answer: (asked) => {
      const container = containerOf(asked);
      if (isOn(container) || container.state === "restarting") asked.world.end(container, 0);
      start(asked.world, container);
      asked.world.tellOf(container, "restart");
      return 204;
    },
  },
  {
    method: "POST",
    path: /^\/containers\/([^/]+)\/kill$/,
    answer: (asked) => {
      const container = containerOf(asked);
      if (!isOn(container)) throw new EngineFault(409, `Container ${container.id} is not running`);
      const signal = asked.query.get("signal") ?? "SIGKILL";
      const word = signal.startsWith("SIG") ? signal : `SIG${signal}`;
      asked.world.tellOf(container, "kill", { signal: word });
      if (exitOf[word] !== undefined) asked.world.end(container, exitOf[word]);
      return 204;
    },
  },
  {
    method: "POST",
    path: /^\/containers\/([^/]+)\/(pause|unpause)$/,
    answer: (asked) => {
      const container = containerOf(asked);
      const isPause = asked.words[1] === "pause";
      if (isPause !== (container.state === "running")) {
        const state = isOn(container) ? (isPause ? "already paused" : "not paused") : "not running";
        throw new EngineFault(409, `Container ${container.id} is ${state}`);
      }
      container.state = isPause ? "paused" : "running";
      if (isPause) asked.world.rest(container);
      else asked.world.goOn(container);
      asked.world.tellOf(container, isPause ? "pause" : "unpause");
      return 204;
    },
  },
  {
    method: "POST",
    path: /^\/containers\/([^/]+)\/rename$/,
    answer: (asked) => {
      const container = containerOf(asked);
      const name = asked.query.get("name") ?? "";
      checkName(asked.world, name);
      const oldName = container.name;
      container.name = name;
      asked.world.tellOf(container, "rename", { oldName: `/${oldName}` });
      return 204;
    },
  },
  { method: "POST", path: /^\/containers\/([^/]+)\/wait$/, answer: (asked) => wait(asked) },
  {
    method: "DELETE",
    path: /^\/containers\/([^/]+)$/,
    answer: (asked) => {
      const container = containerOf(asked);
      if ((isOn(container) || container.state === "restarting") && !isTrue(asked.query.get("force"))) {
        throw new EngineFault(
          409,
          `cannot remove container "/${container.name}": container is running: stop the container before removing or force remove`,
        );
      }
      if (isOn(container)) asked.world.end(container, 137);
      asked.world.remove(container);
      return 204;
    },
  },
];

function create(asked: Asked): object {
  const { world, query, body, response } = asked;
  const image = textOf(body, "Image");
  const kept = world.image(image);
  if (!kept) throw noImage(image);
  const name =
    query.get("name") ?? `${world.chance.pick(["brave", "calm", "quiet", "swift"])}_${world.chance.suffix(6)}`;
  checkName(world, name);
  const host = objectOf(body, "HostConfig");
  const labels = objectOf(body, "Labels");
  const command = [...textsOf(body, "Entrypoint"), ...textsOf(body, "Cmd")];
  const volumes = [...mountsIn(host)];
  for (const { name: volume } of volumes) {
    if (!world.volumes.has(volume))
      world.volumes.set(volume, { name: volume, created: world.now(), labels: {}, bytes: 0 });
  }
  const container = addContainer(world, {
    name,
    image,
    state: "created",
    env: textsOf(body, "Env"),
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
    user: textOf(body, "User") || (kept.image.config.User ?? ""),
    tty: body?.["Tty"] === true,
    network: textOf(host, "NetworkMode") || "bridge",
    ports: portsIn(host),
    volumes,
    memory: numberOf(host, "Memory"),
    cpus: numberOf(host, "NanoCpus") / 1e9,
    restart: textOf(objectOf(host, "RestartPolicy"), "Name") || "no",
    readOnlyRoot: host["ReadonlyRootfs"] === true,
    writable: 0,
    changed: [],
    ...(command.length === 0 ? {} : { command }),
  });
  if (isKnownCommand(container.command)) container.said = [];
  world.tellOf(container, "create");
  response.statusCode = 201;
  return { Id: container.id, Warnings: [] };
}

function checkName(world: EngineWorld, name: string): void {
  if (!/^\/?[a-zA-Z0-9][\w.-]+$/.test(name))
    throw new EngineFault(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const taken = [...world.containers.values()].find((each) => each.name === name.replace(/^\//, ""));
  if (taken)
    throw new EngineFault(
      409,
      `Conflict. The container name "/${name}" is already in use by container "${taken.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
}

function start(world: EngineWorld, container: EngineContainer): number {
  if (isOn(container) || container.state === "restarting") return 304;
  const wanted = new Set(container.ports.flatMap(({ host }) => host ?? []));
  for (const other of world.containers.values()) {
    const port = isOn(other) ? other.ports.find(({ host }) => host !== null && wanted.has(host)) : undefined;
    if (other !== container && port)
      throw new EngineFault(
        500,
        `driver failed programming external connectivity on endpoint ${container.name}: Bind for 127.0.0.1:${port.host} failed: port is already allocated`,
      );
  }
  world.start(container);
  runInEarnest(world, container);
  return 204;
}

async function wait(asked: Asked): Promise<object> {
  const container = containerOf(asked);
  const { world, response } = asked;
  if (isOn(container)) {
    await new Promise<void>((resolve) => {
      const listener = ({ type, action, id }: { type: string; action: string; id: string }) => {
        if (type === "container" && action === "die" && id === container.id) done();
      };
      const done = () => {
        world.listeners.delete(listener);
        resolve();
      };
      world.listeners.add(listener);
      response.once("close", done);
    });
  }
  return { StatusCode: container.exitCode };
}

function prune(world: EngineWorld, query: URLSearchParams): object {
  const filters = filtersOf(query);
  const gone = [...world.containers.values()].filter(
    ({ state, labels }) => (state === "exited" || state === "created") && hasLabels(filters, labels),
  );
  for (const container of gone) world.remove(container);
  world.tell("container", "prune", "", { reclaimed: String(gone.reduce((sum, { writable }) => sum + writable, 0)) });
  return {
    ContainersDeleted: gone.map(({ id }) => id),
    SpaceReclaimed: gone.reduce((sum, { writable }) => sum + writable, 0),
  };
}

function* mountsIn(host: Readonly<Record<string, unknown>>): Iterable<EngineContainer["volumes"][number]> {
  for (const bind of textsOf(host, "Binds")) {
    const [name = "", path = "", mode = ""] = bind.split(":");
    if (!name.startsWith("/")) yield { name, path, readOnly: mode.includes("ro") };
  }
  const mounts = host["Mounts"];
  for (const mount of Array.isArray(mounts) ? mounts : []) {
    const of = mount as { Type?: unknown; Source?: unknown; Target?: unknown; ReadOnly?: unknown };
    if (of.Type === "volume" && typeof of.Source === "string" && typeof of.Target === "string")
      yield { name: of.Source, path: of.Target, readOnly: of.ReadOnly === true };
  }
}

function portsIn(host: Readonly<Record<string, unknown>>): EngineContainer["ports"] {
  return Object.entries(objectOf(host, "PortBindings")).flatMap(([port, bindings]) => {
    const own = Number.parseInt(port, 10);
    const asked = (Array.isArray(bindings) ? bindings : [null]) as ({ HostPort?: unknown } | null)[];
    return asked.map((binding) => {
      const wanted = Number(binding?.HostPort);
      return { own, host: binding === null ? null : wanted > 0 ? wanted : 32_768 + (own % 1_000) };
    });
  });
}

function numberOf(object: Readonly<Record<string, unknown>>, field: string): number {
  const value = object[field];
  return typeof value === "number" ? value : 0;
}

/** Whether there is such an image to be had: of the demo's registry what was pushed, of Docker Hub a few that everybody knows. */
export function canBePulled(name: string, isPushed: (name: string) => boolean): boolean {
  const { repository, tag } = imageOf(name);
  if (repository.startsWith("library/"))
    return ["alpine", "nginx", "redis", "postgres"].includes(repository.slice(8)) && /^(latest|[\d.]+)$/.test(tag);
  return isPushed(name);
}
