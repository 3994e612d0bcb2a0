import { z } from "zod";

import type { StackedContainer, StackedImage } from "../../../stack/chain-forest.ts";
import { layerSizesOf } from "../../../stack/layer-sizes.ts";
import { compareText } from "../../../shared/compare.ts";
import { eachOfFew } from "../../../shared/each-of-few.ts";
import { chainIds } from "./chain-ids.ts";
import type { Engine } from "./engine.ts";

/** What lies on an engine's disk. */
export type EngineDisk = {
  readonly images: readonly StackedImage[];
  readonly containers: readonly StackedContainer[];
  /** Ids of images whose layers could not be told apart by size: the engine's history leaves it open, or has too few steps. */
  readonly inexact: ReadonlySet<string>;
  readonly volumes: readonly { readonly name: string; readonly bytes: number | null }[];
};

/** Podman leaves the algorithm out here, and writes it elsewhere. */
const digest = z.string().transform((id) => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id));
const usage = z.object({
  Images: z.array(z.object({ Id: digest, Size: z.number() })).nullable(),
  Containers: z
    .array(
      z.object({
        Id: z.string(),
        Names: z.array(z.string()),
        ImageID: digest,
        State: z.string(),
        SizeRw: z.number().optional(),
      }),
    )
    .nullable(),
  Volumes: z.array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() })).nullable(),
});
const inspected = z.object({
  RepoTags: z.array(z.string()).nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish(),
});
const history = z.array(z.object({ CreatedBy: z.string(), Size: z.number() }));

/** Images asked for at a time. */
const atOnce = 4;

/** Reads images with their layers, containers and volumes, as `docker system df` counts them. Throws what Engine.json throws, or ZodError. */
export async function readDisk(engine: Engine, signal?: AbortSignal): Promise<EngineDisk> {
  const asked = signal ? { signal } : {};
  const found = usage.parse(await engine.json({ path: "/system/df", responseTimeout: 120_000, ...asked }));
  // Podman tells an image once for each of its names, and of the names the tags only.
  const images = [...new Map((found.Images ?? []).map((image) => [image.Id, image])).values()];
  const read = await eachOfFew(images, atOnce, (image) => readImage(engine, image, asked));
  return {
    images: read.map(({ image }) => image).toSorted((a, b) => compareText(a.id, b.id)),
    inexact: new Set(read.filter(({ exact }) => !exact).map(({ image }) => image.id)),
    containers: (found.Containers ?? []).map((container) => ({
      id: container.Id,
      name: (container.Names[0] ?? container.Id.slice(0, 12)).replace(/^\//, ""),
      image: container.ImageID,
      running: container.State === "running",
      writable: container.SizeRw ?? 0,
    })),
    volumes: (found.Volumes ?? []).map((volume) => {
      const bytes = volume.UsageData?.Size ?? -1;
      return { name: volume.Name, bytes: bytes < 0 ? null : bytes };
    }),
  };
}

async function readImage(
  engine: Engine,
  { Id: id, Size }: { Id: string; Size: number },
  asked: { signal?: AbortSignal },
): Promise<{ image: StackedImage; exact: boolean }> {
  const path = `/images/${encodeURIComponent(id)}`;
  const [whole, steps] = await Promise.all([
    engine.json({ path: `${path}/json`, ...asked }),
    engine.json({ path: `${path}/history`, ...asked }),
  ]);
  const { RepoTags, RootFS } = inspected.parse(whole);
  const diffs = RootFS?.Layers ?? [];
  const oldestFirst = history
    .parse(steps)
    .toReversed()
    .map(({ CreatedBy: createdBy, Size: bytes }) => ({ createdBy, bytes }));
  const sizes = layerSizesOf(diffs, oldestFirst);
  const chains = chainIds(diffs);
  const layers = diffs.map((diff, place) => ({
    diff,
    chain: chains[place] ?? diff,
    // Without a usable history the whole is known and not its parts: it lies on the topmost layer.
    bytes: sizes ? (sizes.bytes[place] ?? 0) : place === diffs.length - 1 ? Size : 0,
  }));
  const names = (RepoTags ?? []).filter((name) => name !== "<none>:<none>");
  return { image: { id, names, layers }, exact: sizes?.exact ?? false };
}
