import { createHash } from "node:crypto";
import { z } from "zod";

import type { HealthLevel } from "../../protocol/cell.ts";
import type { Stack, StackContainer, StackImage, StackMark } from "../../protocol/stack.ts";
import { agreeing } from "../../stack/agreeing.ts";
import { compareText } from "../../shared/compare.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";
import type { EngineSource } from "../sources/docker/engine-source.ts";
import { tellHealth } from "../sources/docker/podman-health.ts";
import type { EngineDisk } from "../sources/docker/read-disk.ts";
import { readDisk } from "../sources/docker/read-disk.ts";
import { readSteps } from "./image-steps.ts";
import { Kept } from "./kept.ts";
import { ownMachine } from "./own-machine.ts";
import { readStartMs } from "./start-times.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === "" ? null : value));
const amount = z
  .number()
  .nullish()
  .transform((value) => (value === undefined || value === null || value <= 0 ? null : value));

const infoSchema = z.object({
  Name: z.string(),
  NCPU: amount,
  MemTotal: amount,
  KernelVersion: text,
  OperatingSystem: text,
  Architecture: text,
  ServerVersion: text,
  Driver: text,
  CgroupVersion: text,
});

const listSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    Image: z.string().nullish(),
    ImageID: z.string(),
    State: z.string(),
    Status: z.string().nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    Mounts: z.array(z.object({ Type: z.string().nullish(), Name: z.string().nullish() })).nullish(),
  }),
);
type Listed = z.infer<typeof listSchema>[number];

/** The disk is measured anew when the lists have changed, or after this time, since writable layers and volumes grow, in ms. */
const diskMs = 30_000;
/** Two people who look at the same moment ask once, in ms. */
const listMs = 900;
/** A container may be started again, in ms. */
const startMs = 60_000;
const forever = Number.POSITIVE_INFINITY;
const maxKept = 10_000;
/** Images whose history is asked for at a time. */
const atOnce = 4;

/** Engines as machines. What is asked of one engine is asked once for everybody who looks. */
export class EngineMachines {
  private readonly stacks = new Kept<Stack>(100);
  private readonly disks = new Map<string, { fingerprint: string; until: number; disk: Promise<EngineDisk> }>();
  private readonly steps = new Kept<readonly (string | null)[]>(maxKept);
  private readonly starts = new Kept<number | null>(maxKept);

  read(source: EngineSource): Promise<Stack> {
    return this.stacks.get(source.slug, listMs, () => this.look(source));
  }

  private async look(source: EngineSource): Promise<Stack> {
    const { engine, slug, title } = source;
    const [saidInfo, saidList, saidImages, version] = await Promise.all([
      engine.json({ path: "/info" }),
      engine.json({ path: "/containers/json?all=1" }),
      engine.json({ path: "/images/json?all=0" }),
      engine.version(),
    ]);
    await tellHealth(engine, saidList);
    const info = infoSchema.parse(saidInfo);
    const listed = listSchema.parse(saidList);
    const disk = await this.disk(source, fingerprintOf(listed, saidImages));
    const writable = new Map(disk.containers.map((container) => [container.id, container.writable]));
    const images = await eachOfFew(disk.images, atOnce, async (image) => await this.image(source, image, disk));
    const containers = await eachOfFew(listed, atOnce, async (container) => {
      const startMs = await this.startMs(source, container);
      return containerOf(container, writable.get(container.Id) ?? null, startMs);
    });
    return {
      machine: { source: slug, node: null, title, sourceTitle: title, health: null },
      type: "engine",
      hardware: {
        cpu: info.NCPU === null ? null : info.NCPU * 1000,
        cpuRequested: null,
        memory: info.MemTotal,
        memoryRequested: null,
        disk: null,
      },
      vm: await ownMachine(engine.address, info.KernelVersion),
      os: { name: info.OperatingSystem, kernel: info.KernelVersion, architecture: info.Architecture },
      runtime: {
        product: version.product || null,
        version: info.ServerVersion,
        storageDriver: info.Driver,
        cgroup: info.CgroupVersion,
        kubelet: null,
      },
      images: agreeing(images),
      containers: containers.toSorted((a, b) => compareText(a.name, b.name)),
      volumes: disk.volumes.map(({ name, bytes }) => ({ name, bytes })).toSorted((a, b) => compareText(a.name, b.name)),
      allImages: true,
      allContainers: true,
    };
  }

  private disk(source: EngineSource, fingerprint: string): Promise<EngineDisk> {
    const known = this.disks.get(source.slug);
    if (known && known.fingerprint === fingerprint && known.until > Date.now()) return known.disk;
    const entry = { fingerprint, until: Date.now() + diskMs, disk: readDisk(source.engine) };
    this.disks.set(source.slug, entry);
    entry.disk.catch(() => {
      if (this.disks.get(source.slug) === entry) this.disks.delete(source.slug);
    });
    return entry.disk;
  }

  private async image(
    source: EngineSource,
    image: EngineDisk["images"][number],
    disk: EngineDisk,
  ): Promise<StackImage> {
    const diffs = image.layers.map(({ diff }) => diff);
    // A history that cannot be read hides the steps and nothing else.
    const steps = await this.steps
      .get(`${source.slug} ${image.id}`, forever, () => readSteps(source.engine, image.id, diffs))
      .catch(() => []);
    const mark: StackMark = disk.inexact.has(image.id) ? "estimated" : "measured";
    const layers = image.layers.map(({ chain, diff, bytes }, index) => ({
      chain,
      diff,
      bytes,
      mark,
      compressed: null,
      createdBy: steps[index] ?? null,
    }));
    return { id: image.id, names: image.names, layers, known: "engine", compressed: null };
  }

  private async startMs(source: EngineSource, { Id: id, State: state }: Listed): Promise<number | null> {
    if (state !== "running") return null;
    return await this.starts
      .get(`${source.slug} ${id}`, startMs, () => readStartMs(source.engine, id))
      .catch(() => null);
  }
}

function fingerprintOf(listed: readonly Listed[], images: unknown): string {
  const said = z.array(z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullish() })).parse(images);
  const lines = [
    ...listed.map(({ Id, State }) => `${Id} ${State}`).toSorted(),
    ...said.map(({ Id, RepoTags }) => `${Id} ${(RepoTags ?? []).join(" ")}`).toSorted(),
  ];
  return createHash("sha256").update(lines.join("\n")).digest("base64url");
}

function containerOf(listed: Listed, writable: number | null, startMs: number | null): StackContainer {
  const name = (listed.Names?.[0] ?? listed.Id.slice(0, 12)).replace(/^\//, "");
  const labels = listed.Labels ?? {};
  return {
    id: listed.Id,
    name,
    image: listed.ImageID,
    imageName: listed.Image ?? "",
    running: listed.State === "running" || listed.State === "paused" || listed.State === "restarting",
    writable,
    state: listed.State,
    health: healthOf(listed),
    path: name,
    pod: null,
    group: labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"] ?? null,
    volumes: (listed.Mounts ?? []).flatMap(({ Type, Name }) => (Type === "volume" && Name ? [Name] : [])),
    startMs,
  };
}

function healthOf({ State, Status }: Listed): HealthLevel {
  switch (State) {
    case "running":
      return Status?.includes("(unhealthy)") ? "failing" : Status?.includes("health: starting") ? "starting" : "ok";
    case "paused":
      return "warning";
    case "restarting":
    case "dead":
      return "failing";
    case "created":
      return "starting";
    case "exited":
      return Status?.startsWith("Exited (0)") ? "done" : "warning";
    default:
      return "unknown";
  }
}
