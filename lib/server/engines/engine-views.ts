import { z } from "zod";

import type {
  EngineAnswers,
  EngineChanges,
  EngineDiskUse,
  EngineHost,
  EngineProcesses,
  EngineUsage,
  EngineView,
} from "../../protocol/engine.ts";
import { isStowageError, StowageError } from "../error.ts";
import type { Engine } from "../sources/docker/engine.ts";
import { isPodman } from "../sources/docker/engine.ts";

/** What a view is asked with: the container's name or id, null for a view of the engine as a whole. */
type Read<V extends EngineView> = (engine: Engine, container: string, signal: AbortSignal) => Promise<EngineAnswers[V]>;

/** Everything that can be read of an engine beside lists and objects. Each throws what Engine.json throws. */
export const readView: { readonly [V in EngineView]: Read<V> } = { host, disk, processes, usage, changes };

/** Views of one container; the others are of the engine. */
export const containerViews: ReadonlySet<EngineView> = new Set(["processes", "usage", "changes"]);

const maxProcesses = 2_000;
const maxChanges = 1_000;
/** Changes of a container that wrote a million files are as many lines. */
const maxChangesBytes = 32 * 1024 * 1024;

const optionalNumber = z.number().nullish().catch(null);
const optionalText = z.string().nullish().catch(null);

const infoSchema = z.looseObject({
  NCPU: optionalNumber,
  MemTotal: optionalNumber,
  KernelVersion: optionalText,
  OperatingSystem: optionalText,
  CgroupDriver: optionalText,
  CgroupVersion: optionalText,
  SecurityOptions: z.array(z.string()).nullish().catch(null),
});

async function host(engine: Engine, _container: string, signal: AbortSignal): Promise<EngineHost> {
  const info = parsed(infoSchema, await engine.json({ path: "/info", signal }), engine);
  return {
    cpus: info.NCPU ?? null,
    memory: info.MemTotal ?? null,
    kernel: info.KernelVersion ?? "",
    os: info.OperatingSystem ?? "",
    cgroup: [info.CgroupDriver, info.CgroupVersion].filter(Boolean).join(" v"),
    security: (info.SecurityOptions ?? []).map((option) => /(?:^|,)name=([^,]+)/.exec(option)?.[1] ?? option),
  };
}

const diskSchema = z.looseObject({
  LayersSize: optionalNumber,
  Images: z
    .array(
      z.looseObject({ Id: z.string(), Containers: optionalNumber, Size: optionalNumber, SharedSize: optionalNumber }),
    )
    .nullish(),
  Containers: z.array(z.looseObject({ SizeRw: optionalNumber, State: optionalText })).nullish(),
  Volumes: z
    .array(z.looseObject({ UsageData: z.looseObject({ Size: optionalNumber, RefCount: optionalNumber }).nullish() }))
    .nullish(),
  BuildCache: z
    .array(z.looseObject({ Size: optionalNumber, InUse: z.boolean().catch(false), Shared: z.boolean().catch(false) }))
    .nullish(),
});

async function disk(engine: Engine, _container: string, signal: AbortSignal): Promise<EngineDiskUse> {
  const path = "/system/df";
  const found = parsed(diskSchema, await engine.json({ path, signal, responseTimeout: 120_000 }), engine);
  // Podman tells an image once for each of its names.
  const images = [...new Map((found.Images ?? []).map((image) => [image.Id, image])).values()];
  const containers = found.Containers ?? [];
  const [volumes, cache] = [found.Volumes ?? [], found.BuildCache ?? []];
  const used = images.filter(({ Containers }) => (Containers ?? 0) > 0);
  // What an unused image would free is what no other has: shared layers stay as long as one of their images does.
  const usedBytes = sum(used.map(({ Size, SharedSize }) => known(Size) - Math.max(0, known(SharedSize))));
  const stopped = containers.filter(({ State }) => State !== "running" && State !== "paused");
  const idle = volumes.filter(({ UsageData }) => (UsageData?.RefCount ?? 0) === 0);
  // Podman says 0 for what it does not count.
  const layers = found.LayersSize === 0 && images.length > 0 ? null : (found.LayersSize ?? null);
  return {
    parts: [
      {
        part: "images",
        count: images.length,
        inUse: used.length,
        bytes: layers,
        reclaimable: layers === null ? null : Math.max(0, layers - usedBytes),
      },
      {
        part: "containers",
        count: containers.length,
        inUse: containers.length - stopped.length,
        bytes: sum(containers.map(({ SizeRw }) => known(SizeRw))),
        reclaimable: sum(stopped.map(({ SizeRw }) => known(SizeRw))),
      },
      {
        part: "volumes",
        count: volumes.length,
        inUse: volumes.length - idle.length,
        bytes: sum(volumes.map(({ UsageData }) => Math.max(0, known(UsageData?.Size)))),
        reclaimable: sum(idle.map(({ UsageData }) => Math.max(0, known(UsageData?.Size)))),
      },
      {
        part: "buildCache",
        count: cache.length,
        inUse: cache.filter(({ InUse }) => InUse).length,
        bytes: sum(cache.map(({ Size }) => known(Size))),
        reclaimable: sum(cache.filter(({ InUse, Shared }) => !InUse && !Shared).map(({ Size }) => known(Size))),
      },
    ],
  };
}

const topSchema = z.looseObject({
  Titles: z.array(z.string()).nullish(),
  Processes: z.array(z.array(z.string())).nullish(),
});

/** Left to itself Podman runs the container's own `ps`, if there is one, and does not tell its columns apart. */
const podmanColumns = "huser,hpid,pid,pcpu,time,args";

async function processes(engine: Engine, container: string, signal: AbortSignal): Promise<EngineProcesses> {
  try {
    const query = isPodman(await engine.version()) ? `?ps_args=${podmanColumns}` : "";
    const answer = await engine.json({ path: `/containers/${encodeURIComponent(container)}/top${query}`, signal });
    const { Titles, Processes } = parsed(topSchema, answer ?? {}, engine);
    return { titles: Titles ?? [], rows: (Processes ?? []).slice(0, maxProcesses) };
  } catch (thrown) {
    // What does not run has none, and that is no failure.
    if (isStowageError(thrown) && thrown.code === "conflict") return { titles: [], rows: [] };
    throw thrown;
  }
}

const statsSchema = z.looseObject({
  read: optionalText,
  cpu_stats: z.looseObject({ cpu_usage: z.looseObject({ total_usage: optionalNumber }).nullish() }).nullish(),
  memory_stats: z
    .looseObject({
      usage: optionalNumber,
      limit: optionalNumber,
      stats: z.record(z.string(), z.unknown()).nullish().catch(null),
    })
    .nullish(),
  networks: z.record(z.string(), z.looseObject({ rx_bytes: optionalNumber, tx_bytes: optionalNumber })).nullish(),
  blkio_stats: z
    .looseObject({
      io_service_bytes_recursive: z
        .array(z.looseObject({ op: z.string(), value: z.number() }))
        .nullish()
        .catch(null),
    })
    .nullish(),
  pids_stats: z.looseObject({ current: optionalNumber }).nullish(),
});

async function usage(engine: Engine, container: string, signal: AbortSignal): Promise<EngineUsage> {
  const path = `/containers/${encodeURIComponent(container)}/stats?stream=false&one-shot=true`;
  const stats = parsed(statsSchema, (await engine.json({ path, signal })) ?? {}, engine);
  const at = Date.parse(stats.read ?? "");
  const memory = stats.memory_stats?.usage ?? null;
  // Docker writes the year 1 for what does not run, Podman nothing at all.
  const running = at > 0 && memory !== null;
  const io = stats.blkio_stats?.io_service_bytes_recursive ?? [];
  const ioOf = (op: string) => sum(io.filter((each) => each.op.toLowerCase() === op).map(({ value }) => value));
  const networks = stats.networks ? Object.values(stats.networks) : null;
  return {
    running,
    at: running ? at : Date.now(),
    cpuNanos: stats.cpu_stats?.cpu_usage?.total_usage ?? null,
    memory: memory === null ? null : Math.max(0, memory - cacheOf(stats.memory_stats?.stats ?? {})),
    memoryLimit: stats.memory_stats?.limit ?? null,
    received: networks ? sum(networks.map(({ rx_bytes }) => known(rx_bytes))) : null,
    sent: networks ? sum(networks.map(({ tx_bytes }) => known(tx_bytes))) : null,
    read: running ? ioOf("read") : null,
    written: running ? ioOf("write") : null,
    processes: stats.pids_stats?.current ?? null,
  };
}

/** Page cache that the kernel gives back when it needs memory is not the container's, as Docker's own tools count. */
function cacheOf(stats: Record<string, unknown>): number {
  const cache = stats["total_inactive_file"] ?? stats["inactive_file"];
  return typeof cache === "number" ? cache : 0;
}

const changesSchema = z.array(z.looseObject({ Path: z.string(), Kind: z.number() })).nullable();
const changeKinds = ["changed", "added", "deleted"] as const;

async function changes(engine: Engine, container: string, signal: AbortSignal): Promise<EngineChanges> {
  const path = `/containers/${encodeURIComponent(container)}/changes`;
  const answer = await engine.json({ path, signal }, { maxBytes: maxChangesBytes });
  const all = parsed(changesSchema, answer, engine) ?? [];
  const told = all.slice(0, maxChanges).map(({ Path, Kind }) => ({ path: Path, kind: changeKinds[Kind] ?? "changed" }));
  return { changes: told, more: all.length - told.length };
}

function parsed<T extends z.ZodType>(schema: T, answer: unknown, engine: Engine): z.infer<T> {
  const result = schema.safeParse(answer);
  if (!result.success)
    throw new StowageError("source-refused", `${engine.where} answered in a way that no engine does`);
  return result.data;
}

function known(value: number | null | undefined): number {
  return value ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
