import type { EngineContainer, EngineWorld } from "./engine-world.ts";
import { isOn, timeOf } from "./describe.ts";
import { host } from "./host.ts";

/** What `GET /containers/{id}/stats` measures: made of the time that it runs, so that sums only grow. */
export function statsOf(world: EngineWorld, container: EngineContainer): object {
  const now = world.now();
  if (!isOn(container))
    return { read: timeOf(0), id: container.id, name: `/${container.name}`, memory_stats: {}, cpu_stats: {} };
  const seconds = (now - container.started) / 1000;
  const share = shareOf(container);
  // A wave of a minute and a half, whose sum is known at any moment.
  const busy = container.state === "paused" ? 0 : share * (seconds + 9 * Math.sin(seconds / 14));
  const limit = container.memory > 0 ? container.memory : host.memory;
  const wanted = (96 + share * 1_800 + 12 * Math.sin(seconds / 40)) * 1024 * 1024;
  const memory = Math.min(wanted, limit * 0.7);
  return {
    read: new Date(now).toISOString(),
    id: container.id,
    name: `/${container.name}`,
    pids_stats: { current: 4 + Math.floor(share * 60) },
    cpu_stats: { cpu_usage: { total_usage: Math.max(0, Math.round(busy * 1e9)) }, online_cpus: 8 },
    precpu_stats: { cpu_usage: { total_usage: 0 } },
    memory_stats: {
      usage: Math.round(memory * 1.3),
      limit,
      stats: { inactive_file: Math.round(memory * 0.3) },
    },
    networks: {
      eth0: { rx_bytes: Math.round(seconds * share * 240_000), tx_bytes: Math.round(seconds * share * 610_000) },
    },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: "read", value: 18_000_000 },
        { op: "write", value: Math.round(seconds * share * 30_000) },
      ],
    },
  };
}

export function topOf(container: EngineContainer): object {
  const main = container.command.join(" ");
  const user = container.user === "" ? "root" : (container.user.split(":")[0] ?? "");
  const row = (pid: number, parent: number, command: string) => [
    user,
    String(pid),
    String(parent),
    "0",
    "08:12",
    "?",
    "00:00:04",
    command,
  ];
  return {
    Titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
    Processes: [
      row(container.pid, container.pid - 21, main),
      ...(container.log === "database" ? [row(container.pid + 7, container.pid, `${main}: checkpointer`)] : []),
    ],
  };
}

/** From a hundredth to a third of a CPU, the same for the same container. */
function shareOf({ name }: EngineContainer): number {
  let seed = 3;
  for (const letter of name) seed = (seed * 33 + letter.charCodeAt(0)) % 1_009;
  return 0.01 + (seed / 1_009) * 0.32;
}
