import { z } from "zod";

/** What may be asked of an engine beside its lists and objects: the only addresses there are below `/api/engines/{engine}`. */
export const engineViews = ["host", "disk", "processes", "usage", "changes"] as const;
export const engineViewSchema = z.enum(engineViews);
export type EngineView = (typeof engineViews)[number];

/** The machine an engine runs on, as far as containers are held against it. Bytes and CPUs. */
export type EngineHost = {
  cpus: number | null;
  memory: number | null;
  kernel: string;
  os: string;
  cgroup: string;
  /** `seccomp`, `apparmor`, `rootless`, `cgroupns` … as the engine names its options. */
  security: string[];
};

/** What lies on its disk, in bytes, as `docker system df` counts; null where the engine does not say. */
export type EngineDiskUse = {
  parts: {
    part: "images" | "containers" | "volumes" | "buildCache";
    count: number;
    inUse: number | null;
    bytes: number | null;
    reclaimable: number | null;
  }[];
};

/** A container's processes as `ps` prints them on the host; nothing where it does not run. */
export type EngineProcesses = { titles: string[]; rows: string[][] };

/** One measurement. Sums since the container started; bytes and nanoseconds; null where the engine does not measure it. */
export type EngineUsage = {
  running: boolean;
  /** Milliseconds since the epoch. */
  at: number;
  cpuNanos: number | null;
  memory: number | null;
  memoryLimit: number | null;
  received: number | null;
  sent: number | null;
  read: number | null;
  written: number | null;
  processes: number | null;
};

/** Paths that differ from the image; `more` beyond those that are told. */
export type EngineChanges = { changes: { path: string; kind: "added" | "changed" | "deleted" }[]; more: number };

export type EngineAnswers = {
  host: EngineHost;
  disk: EngineDiskUse;
  processes: EngineProcesses;
  usage: EngineUsage;
  changes: EngineChanges;
};
