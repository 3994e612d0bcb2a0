import { demoRegistry } from "../images/catalog.ts";
import type { EngineContainer } from "./engine-world.ts";
import { EngineWorld, nameOf } from "./engine-world.ts";
import { runInEarnest } from "./own-command.ts";

const minute = 60_000;
const hour = 60 * minute;
/** How long a container runs that fails after each start, and how long it rests before the next. */
const failMs = 4_000;
const restMs = 20_000;
const megabyte = 1024 * 1024;

/** Tells a task that comes and goes by itself from what a visitor calls by a name like it. */
const taskLabel = "example.harbour.task";

type Plan = Partial<EngineContainer> & Pick<EngineContainer, "name" | "image">;

const harbour = (image: string) => `${demoRegistry}/${image}`;

/** The projects of somebody who works on the shop on their own machine. */
const projects: Readonly<Record<string, readonly Plan[]>> = {
  shop: [
    { name: "web", image: harbour("shop/web:7.4.0"), ports: [{ own: 8080, host: 8080 }], health: "healthy" },
    { name: "api", image: harbour("shop/api:7.4.2"), ports: [{ own: 8080, host: 8081 }], health: "healthy" },
    { name: "cart", image: harbour("shop/cart:3.11.0"), health: "unhealthy" },
    { name: "worker", image: harbour("shop/worker:4.2.0"), log: "worker", restart: "always" },
    {
      name: "db",
      image: harbour("data/postgres:18.1.0"),
      log: "database",
      volumes: [{ name: "shop_db-data", path: "/var/lib/postgresql", readOnly: false }],
      env: ["POSTGRES_USER=shop", "POSTGRES_PASSWORD=correct-horse-battery"],
    },
    { name: "cache", image: "docker.io/library/redis:8.2.1", log: "database" },
  ],
  pay: [
    {
      name: "gateway",
      image: harbour("pay/gateway:1.9.0"),
      state: "restarting",
      exitCode: 1,
      restart: "always",
      restarts: 41,
      fails: true,
    },
    { name: "ledger", image: harbour("pay/ledger:2.3.1"), health: "healthy" },
    {
      name: "db",
      image: harbour("data/postgres:18.1.0"),
      log: "database",
      volumes: [{ name: "pay_db-data", path: "/var/lib/postgresql", readOnly: false }],
      env: ["POSTGRES_PASSWORD=another-secret"],
    },
  ],
  observe: [
    { name: "collector", image: harbour("monitoring/collector:0.141.0"), log: "worker" },
    {
      name: "dashboards",
      image: harbour("monitoring/dashboards:12.3.0"),
      state: "paused",
      ports: [{ own: 3000, host: 3000 }],
    },
  ],
};

const alone: readonly Plan[] = [
  { name: "migrate-7", image: harbour("shop/api-migrations:7"), state: "exited", exitCode: 0, log: "migration" },
  { name: "load-test", image: harbour("shop/tools:1.1.0"), state: "exited", exitCode: 137, log: "worker" },
  { name: "sandbox", image: "docker.io/library/alpine:3.22.1", state: "created", log: "worker" },
];

/** Images that nothing runs, and some that were rebuilt since: nobody's name leads to them. */
const spare = ["shop/web:7.3.9", "shop/web:7.3.8", "shop/search:5.2.1", "shop/images:2.0.3", "mesh/proxy:1.31.2"].map(
  harbour,
);
const dangling = ["shop/web:7.4.0-dev1", "shop/web:7.4.0-dev2", "shop/api:7.4.2-dev7"].map(harbour);

/** One person's engine with some hours of work behind it. */
export function engineStory(seed: number, now: () => number): EngineWorld {
  const world = new EngineWorld(seed, now);
  const start = now();
  for (const [index, name] of ["bridge", "host", "none"].entries()) {
    addNetwork(
      world,
      name,
      name === "bridge" ? "bridge" : name === "none" ? "null" : "host",
      `172.17.${index}.0/16`,
      start - 900 * hour,
      {},
    );
  }
  for (const [place, [project, plans]] of Object.entries(projects).entries()) {
    const labels = { "com.docker.compose.project": project };
    addNetwork(world, `${project}_default`, "bridge", `172.2${place}.0.0/16`, start - 26 * hour, {
      ...labels,
      "com.docker.compose.network": "default",
    });
    for (const [index, plan] of plans.entries()) {
      for (const { name } of plan.volumes ?? [])
        world.volumes.set(name, {
          name,
          created: start - 700 * hour,
          labels: { ...labels, "com.docker.compose.volume": name.slice(project.length + 1) },
          bytes: Math.round(world.chance.between(40, 900)) * megabyte,
        });
      addContainer(world, {
        ...plan,
        name: `${project}-${plan.name}-1`,
        labels: { ...labels, "com.docker.compose.service": plan.name },
        network: `${project}_default`,
        address: `172.2${place}.0.${index + 2}`,
        created: start - 26 * hour + index * 900,
      });
    }
  }
  for (const [index, plan] of alone.entries())
    addContainer(world, { ...plan, created: start - (index + 2) * hour, address: "" });
  for (const [name, bytes] of [
    ["old-experiment", 212 * megabyte],
    ["build-cache", 1_340 * megabyte],
  ] as const)
    world.volumes.set(name, { name, created: start - 2_000 * hour, labels: {}, bytes });
  for (const name of spare) world.keep(name);
  for (const name of dangling) world.keep(name).names.clear();
  return world;
}

export function addNetwork(
  world: EngineWorld,
  name: string,
  driver: string,
  subnet: string,
  created: number,
  labels: Readonly<Record<string, string>>,
): string {
  const id = world.chance.hex(64);
  world.networks.set(id, { id, name, driver, subnet, created, labels });
  return id;
}

/** Makes a container of what is known of it; its image is there. */
export function addContainer(world: EngineWorld, plan: Plan): EngineContainer {
  const kept = world.image(plan.image) ?? world.keep(plan.image);
  const { config } = kept.image;
  const created = plan.created ?? world.now();
  const state = plan.state ?? "running";
  const runs = state === "running" || state === "paused";
  const container: EngineContainer = {
    id: world.chance.hex(64),
    imageId: kept.image.id,
    command: [...(config.Entrypoint ?? []), ...(config.Cmd ?? ["sh"])],
    labels: {},
    user: config.User ?? "",
    tty: false,
    log: "http",
    network: "bridge",
    address: "172.17.0.9",
    ports: [],
    volumes: [],
    memory: 0,
    cpus: 0,
    restart: "no",
    readOnlyRoot: false,
    writable: Math.round(world.chance.between(20, 4_000)) * 1024,
    changed: ["/run", "/run/app.pid", "/tmp", "/tmp/started"],
    health: null,
    exitCode: 0,
    restarts: 0,
    fails: false,
    program: null,
    said: null,
    runs: state === "created" ? [] : [{ from: created + 400, to: runs ? null : created + 20 * minute }],
    ...plan,
    image: nameOf(plan.image),
    env: [...config.Env, ...(plan.env ?? [])],
    created,
    state,
    started: state === "created" ? 0 : created + 400,
    finished: runs || state === "created" ? 0 : created + 20 * minute,
    pid: runs ? 2_000 + Math.floor(world.chance.between(0, 28_000)) : 0,
  };
  if (state === "restarting") {
    const finished = world.now() - 8_000;
    const starts = [4, 3, 2, 1, 0].map((back) => finished - failMs - back * (failMs + restMs));
    const runs = starts.map((from) => ({ from, to: from + failMs }));
    Object.assign(container, { finished, started: finished - failMs, runs });
  }
  world.containers.set(container.id, container);
  return container;
}

/** What happens in a step of the engine's life: loops go on, checks turn, a short task comes and goes. */
export function liveOn(world: EngineWorld): void {
  const now = world.now();
  for (const container of world.containers.values()) {
    if (container.state === "restarting" && now - container.finished > restMs) {
      container.restarts += 1;
      world.start(container);
      runInEarnest(world, container);
    } else if (container.state === "running" && container.fails && now - container.started > failMs) {
      world.end(container, 1);
      container.state = "restarting";
    } else if (container.state === "running" && container.log === "migration" && now - container.started > 15_000) {
      world.end(container, 0);
    } else if (container.health === "starting" && now - container.started > 5_000) {
      container.health = container.name.includes("cart") ? "unhealthy" : "healthy";
      world.tellOf(container, `health_status: ${container.health}`);
    }
  }
  const task = [...world.containers.values()].find(({ labels }) => labels[taskLabel] === "backup");
  if (!task) {
    if (now % minute > 2_000) return;
    const made = addContainer(world, {
      name: `backup-${world.chance.suffix(5)}`,
      image: harbour("shop/tools:1.1.0"),
      state: "created",
      log: "migration",
      labels: { [taskLabel]: "backup" },
    });
    world.tellOf(made, "create");
    world.start(made);
  } else if (task.state === "exited" && now - task.finished > 20_000) world.remove(task);
}
