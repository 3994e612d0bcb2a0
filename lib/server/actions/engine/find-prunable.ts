import { z } from "zod";

import type { PruneKind } from "../../../protocol/action.ts";
import type { ClearedItem, Clearing } from "../../../protocol/action-answer.ts";
import { buildChainForest } from "../../../stack/chain-forest.ts";
import { prunable, removalOf } from "../../../stack/ledger.ts";
import type { Engine } from "../../sources/docker/engine.ts";
import { readDisk } from "../../sources/docker/read-disk.ts";
import { imageTitle } from "./image-title.ts";
import { anonymousVolume } from "./remove-container.ts";
import { readNames, removeNames } from "./remove-image.ts";
import { inWords } from "./users-of.ts";
import { sumOrNull } from "./sum-or-null.ts";

export type Prunable = ClearedItem & { readonly remove: (engine: Engine) => Promise<void> };

export type Found = {
  readonly goes: readonly Prunable[];
  readonly keeps: Clearing["keeps"];
  /** What some of them free together; null where the engine does not tell. */
  readonly frees: (some: readonly Prunable[]) => number | null;
  /** The words of the engine's client that do the same. */
  readonly docker: readonly string[];
};

const diskMs = 120_000;

/** What nothing on an engine uses, by the engine's own rules. Throws what Engine.json throws, or ZodError. */
export function findPrunable(engine: Engine, what: PruneKind, all: boolean): Promise<Found> {
  switch (what) {
    case "containers":
      return findContainers(engine);
    case "images":
      return findImages(engine, all);
    case "volumes":
      return findVolumes(engine, all);
    case "networks":
      return findNetworks(engine);
  }
}

const containerSchema = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()).nullish(), State: z.string(), SizeRw: z.number().nullish() }),
);
/** What has no processes and is on no way to any; Podman has names of its own for it. */
const ended = new Set(["created", "exited", "dead", "stopped", "configured"]);

async function findContainers(engine: Engine): Promise<Found> {
  const said = await engine.json({ path: "/containers/json?all=1&size=1", responseTimeout: diskMs });
  const goes = containerSchema
    .parse(said)
    .filter(({ State }) => ended.has(State.toLowerCase()))
    .map(({ Id, Names, SizeRw }) => ({
      kind: "containers",
      id: Id,
      name: (Names?.[0] ?? Id.slice(0, 12)).replace(/^\//, ""),
      // An engine leaves out a layer that nothing was written to.
      bytes: SizeRw ?? 0,
      remove: async (from: Engine) => void (await from.json({ method: "DELETE", path: `/containers/${Id}` })),
    }));
  return { goes, keeps: [], frees: sumOrNull, docker: ["container", "prune", "--force"] };
}

async function findImages(engine: Engine, all: boolean): Promise<Found> {
  const disk = await readDisk(engine);
  const forest = buildChainForest(disk.images, disk.containers);
  const ids = prunable(forest, { all });
  const { goes: chains, keeps } = removalOf(forest, ids);
  const going = new Set(chains.map(({ layer }) => layer.chain));
  const goes = ids.map((id): Prunable => {
    const image = disk.images.find((each) => each.id === id);
    // A layer of several is counted with the first of them.
    const own = (image?.layers ?? []).filter(({ chain }) => going.delete(chain));
    return {
      kind: "images",
      id,
      name: image ? imageTitle(image) : id.slice(7, 19),
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      remove: async (from) => await removeNames(from, await readNames(from, id)),
    };
  });
  return {
    goes,
    keeps: keeps.map(({ chain: { layer }, because }) => ({
      kind: "layers",
      id: layer.chain,
      name: layer.chain.slice(7, 19),
      bytes: layer.bytes,
      because: because.map(imageTitle),
    })),
    frees: (some) =>
      removalOf(
        forest,
        some.map(({ id }) => id),
      ).frees,
    docker: ["image", "prune", "--force", ...(all ? ["--all"] : [])],
  };
}

const volumeSchema = z.object({
  Volumes: z
    .array(
      z.object({
        Name: z.string(),
        Driver: z.string(),
        UsageData: z.object({ Size: z.number(), RefCount: z.number() }).nullish(),
      }),
    )
    .nullish(),
});
/** From this API on the engine's own prune takes volumes without a name only, unless it is asked for all. */
const anonymousFrom = 42;

async function findVolumes(engine: Engine, all: boolean): Promise<Found> {
  const { api } = await engine.version();
  const { Volumes } = volumeSchema.parse(await engine.json({ path: "/system/df", responseTimeout: diskMs }));
  const goes = (Volumes ?? [])
    // Of other drivers Docker's own prune takes none; Podman's takes all, and does not tell their drivers here.
    .filter(({ Name, Driver, UsageData }) => {
      return (Driver === "local" || Driver === "") && UsageData?.RefCount === 0 && (all || anonymousVolume.test(Name));
    })
    .map(({ Name, UsageData }) => {
      const size = UsageData?.Size ?? -1;
      return {
        kind: "volumes",
        id: Name,
        name: Name,
        bytes: size < 0 ? null : size,
        remove: async (from: Engine) =>
          void (await from.json({ method: "DELETE", path: `/volumes/${encodeURIComponent(Name)}` })),
      };
    });
  const isNewer = Number(api.split(".")[1]) >= anonymousFrom;
  // An older engine's prune takes them all: there the same is said by names.
  const byName = ["volume", "rm", ...goes.map(({ name }) => name)];
  const prune = ["volume", "prune", "--force", ...(all && isNewer ? ["--all"] : [])];
  return { goes, keeps: [], frees: sumOrNull, docker: all || isNewer || goes.length === 0 ? prune : byName };
}

const networkSchema = z.array(
  z.object({ Id: z.string(), Name: z.string(), Scope: z.string().nullish(), Ingress: z.boolean().nullish() }),
);
const networkUsers = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    State: z.string(),
    NetworkSettings: z
      .object({ Networks: z.record(z.string(), z.object({ NetworkID: z.string().nullish() }).nullish()).nullish() })
      .nullish(),
  }),
);
/** What engines make for themselves; `podman` is Podman's. */
const ownNetworks = new Set(["bridge", "host", "none", "podman"]);

/**
 * Networks that no container is in, running or not: an engine's own prune passes over those that are stopped, which could not be
 * started any more. Its filter for unused networks is no help: in 20.10 it finds all of them.
 */
async function findNetworks(engine: Engine): Promise<Found> {
  const [said, saidContainers] = await Promise.all([
    engine.json({ path: "/networks" }),
    engine.json({ path: "/containers/json?all=1" }),
  ]);
  const containers = networkUsers.parse(saidContainers);
  const usersOf = (id: string, name: string): string[] =>
    containers
      .filter(({ NetworkSettings }) =>
        Object.entries(NetworkSettings?.Networks ?? {}).some(([key, of]) => key === name || of?.NetworkID === id),
      )
      .map(({ Id, Names, State }) =>
        inWords({ name: (Names?.[0] ?? Id.slice(0, 12)).replace(/^\//, ""), state: State }),
      );
  const networks = networkSchema
    .parse(said)
    .filter(({ Name, Scope, Ingress }) => !ownNetworks.has(Name) && Scope !== "swarm" && !Ingress)
    .map(({ Id, Name }) => ({ kind: "networks", id: Id, name: Name, bytes: 0, because: usersOf(Id, Name) }));
  const goes = networks
    .filter(({ because }) => because.length === 0)
    .map(({ because: _none, ...network }) => ({
      ...network,
      remove: async (from: Engine) => void (await from.json({ method: "DELETE", path: `/networks/${network.id}` })),
    }));
  return {
    goes,
    keeps: networks.filter(({ because }) => because.length > 0),
    frees: sumOrNull,
    docker: goes.length === 0 ? ["network", "prune", "--force"] : ["network", "rm", ...goes.map(({ name }) => name)],
  };
}
