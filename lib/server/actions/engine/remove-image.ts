import { z } from "zod";

import type { Clearing } from "../../../protocol/action-answer.ts";
import { buildChainForest } from "../../../stack/chain-forest.ts";
import { removalOf } from "../../../stack/ledger.ts";
import { StowageError } from "../../error.ts";
import type { Engine } from "../../sources/docker/engine.ts";
import type { EngineDisk } from "../../sources/docker/read-disk.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { dockerCommand, imageAddress, sameObject } from "./engine-target.ts";
import { imageTitle } from "./image-title.ts";
import { inWords, listContainers } from "./users-of.ts";

const schema = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
});
const removeMs = 120_000;

/** Removes an image with all its names. Containers on it keep it, running or not, as they would be without what they stand on. */
export function removeImage(target: EngineTarget): EngineCall {
  const { source, engine, ref } = target;
  return {
    ref,
    docker: ["image", "rm", ref.path.slice(0, 12)],
    detail: {},
    async run(dryRun) {
      const image = schema.parse(await engine.json({ path: `/images/${encodeURIComponent(ref.path)}/json` }));
      sameObject(target, image.Id);
      const users = (await listContainers(engine)).filter((container) => container.image === image.Id);
      if (users.length > 0)
        throw new StowageError("conflict", `containers stand on it: ${users.map(inWords).join(", ")}`);
      const names = namesOf(image);
      const told = {
        change: "deleted",
        warnings: [],
        uid: image.Id,
        command: dockerCommand(source, ["image", "rm", ...names]),
      } as const;
      if (dryRun) return { ...told, clearing: clearingOf(await target.disk(), image.Id) };
      await removeNames(engine, names);
      return told;
    },
  };
}

/** What one image frees, layer by layer, and what stays because of which other images. */
function clearingOf(disk: EngineDisk, id: string): Clearing {
  const forest = buildChainForest(disk.images, disk.containers);
  const { frees, goes, keeps } = removalOf(forest, [id]);
  const item = (chain: string, bytes: number) => ({ kind: "layers", id: chain, name: chain.slice(7, 19), bytes });
  return {
    frees,
    goes: goes.map(({ layer }) => item(layer.chain, layer.bytes)),
    keeps: keeps.map(({ chain: { layer }, because }) => ({
      ...item(layer.chain, layer.bytes),
      because: because.map(imageTitle),
    })),
    stayed: [],
    unannounced: 0,
  };
}

/**
 * What has to be removed for an image to go: its tags, and digests of repositories that it has no tag of; its id where it has no name.
 * An engine takes an id of an image with names in several repositories only by force, which would pass over containers too.
 */
function namesOf({ Id, RepoTags, RepoDigests }: z.infer<typeof schema>): string[] {
  const tags = (RepoTags ?? []).filter((tag) => !tag.startsWith("<none>"));
  const tagged = new Set(tags.map((tag) => tag.slice(0, tag.lastIndexOf(":"))));
  const digests = (RepoDigests ?? []).filter(
    (digest) => !digest.startsWith("<none>") && !tagged.has(digest.slice(0, digest.indexOf("@"))),
  );
  const names = [...tags, ...digests];
  return names.length === 0 ? [Id] : names;
}

/** Removes names one after the other; with the last of them the image goes. Throws what Engine.json throws. */
export async function removeNames(engine: Engine, names: readonly string[]): Promise<void> {
  for (const name of names)
    await engine.json({ method: "DELETE", path: `/images/${imageAddress(name)}`, responseTimeout: removeMs });
}

/** The names of an image by its id. Throws what Engine.json throws, or ZodError. */
export async function readNames(engine: Engine, id: string): Promise<string[]> {
  return namesOf(schema.parse(await engine.json({ path: `/images/${encodeURIComponent(id)}/json` })));
}
