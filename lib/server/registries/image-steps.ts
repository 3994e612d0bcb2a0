import type { ImageFacts, ImageLayer } from "../../protocol/registry.ts";
import { maskEnv } from "../../shared/mask-env.ts";
import { chainIds } from "../sources/docker/chain-ids.ts";
import type { ImageConfig, ImageManifest, Platform } from "./manifest.ts";

/** Layers of a manifest with what their config knows of them, lowest first. */
export function layersOf({ layers }: ImageManifest, config: ImageConfig | null): ImageLayer[] {
  const diffs = config?.diffIds ?? [];
  const chains = chainIds(diffs);
  const steps = config?.history.filter((step) => !step.emptyLayer) ?? [];
  // Some builders write no history, or one that belongs to something else: then no step is better than a wrong one.
  const fits = steps.length === layers.length;
  return layers.map(({ digest, mediaType, size }, place) => ({
    digest,
    diff: diffs[place] ?? null,
    chain: chains[place] ?? null,
    mediaType,
    size,
    step: (fits ? steps[place]?.createdBy || steps[place]?.comment : null) || null,
    created: (fits ? steps[place]?.created : null) ?? null,
  }));
}

export function factsOf(config: ImageConfig, layers: readonly ImageLayer[]): ImageFacts {
  const fits = config.history.filter((step) => !step.emptyLayer).length === layers.length;
  let place = -1;
  return {
    created: config.created,
    author: config.author,
    entrypoint: [...config.entrypoint],
    command: [...config.command],
    environment: config.environment.map(maskEnv),
    workingDir: config.workingDir,
    user: config.user,
    ports: [...config.exposedPorts],
    volumes: [...config.volumes],
    labels: Object.entries(config.labels).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    steps: config.history.map((step) => {
      if (!step.emptyLayer) place += 1;
      const layer = !step.emptyLayer && fits ? (layers[place]?.digest ?? null) : null;
      return { text: step.createdBy || step.comment, created: step.created, layer };
    }),
  };
}

/** `linux/arm64/v8`; with the version where Windows has one. */
export function printPlatform({ os, architecture, variant, osVersion }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join("/") + (osVersion ? ` (${osVersion})` : "");
}
