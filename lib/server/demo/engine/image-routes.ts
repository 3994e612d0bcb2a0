import { parseImageReference } from "../../../shared/image-reference.ts";
import { demoRegistry, imageOf } from "../images/catalog.ts";
import { canBePulled } from "./container-routes.ts";
import { bytesOnDisk } from "./describe.ts";
import { addNetwork } from "./engine-story.ts";
import type { EngineWorld, KeptImage } from "./engine-world.ts";
import { EngineFault, noImage } from "./fault.ts";
import { imageIn } from "./read-routes.ts";
import type { Asked, Route } from "./route.ts";
import { filtersOf, hasLabels, isTrue, objectOf, textOf } from "./route.ts";

/** How long a pull takes, in ms for each step, and how many steps a layer is told in. */
const stepMs = 120;
const stepsOfLayer = 6;

/** What is done to images, volumes and networks. `isPushed`: whether the demo's registry has an image. */
export function imageRoutes(isPushed: (name: string) => boolean): readonly Route[] {
  return [
    { method: "POST", path: /^\/images\/create$/, answer: (asked) => pull(asked, isPushed) },
    { method: "POST", path: /^\/images\/prune$/, answer: ({ world, query }) => pruneImages(world, query) },
    {
      method: "POST",
      path: /^\/images\/(.+)\/tag$/,
      answer: (asked) => {
        const kept = imageIn(asked);
        const name = `${asked.query.get("repo") ?? ""}:${asked.query.get("tag") ?? "latest"}`;
        for (const other of asked.world.images.values()) other.names.delete(name);
        kept.names.add(name);
        asked.world.tell("image", "tag", kept.image.id, { name });
        return 201;
      },
    },
    { method: "DELETE", path: /^\/images\/(.+)$/, answer: (asked) => removeImage(asked) },
    {
      method: "POST",
      path: /^\/volumes\/create$/,
      answer: ({ world, body, response }) => {
        const name = textOf(body, "Name") || world.chance.hex(64);
        world.volumes.set(name, {
          name,
          created: world.now(),
          labels: objectOf(body, "Labels") as Record<string, string>,
          bytes: 0,
        });
        world.tell("volume", "create", name, { driver: "local" });
        response.statusCode = 201;
        return {
          Name: name,
          Driver: "local",
          Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
          Labels: {},
          Scope: "local",
        };
      },
    },
    {
      method: "POST",
      path: /^\/volumes\/prune$/,
      answer: ({ world, query }) => {
        // As engines do since 1.42: those with a name go only when all are asked for.
        const filters = filtersOf(query);
        const all = (filters["all"] ?? []).some((value) => isTrue(value));
        const gone = [...world.volumes.values()].filter(
          ({ name, labels }) =>
            usersOf(world, name) === 0 && (all || /^[0-9a-f]{64}$/.test(name)) && hasLabels(filters, labels),
        );
        for (const { name } of gone) removeVolume(world, name);
        return {
          VolumesDeleted: gone.map(({ name }) => name),
          SpaceReclaimed: gone.reduce((sum, { bytes }) => sum + bytes, 0),
        };
      },
    },
    {
      method: "DELETE",
      path: /^\/volumes\/([^/]+)$/,
      answer: ({ world, words }) => {
        const [name = ""] = words;
        if (!world.volumes.has(name)) throw new EngineFault(404, `get ${name}: no such volume`);
        if (usersOf(world, name) > 0) throw new EngineFault(409, `remove ${name}: volume is in use`);
        removeVolume(world, name);
        return 204;
      },
    },
    {
      method: "POST",
      path: /^\/networks\/create$/,
      answer: ({ world, body, response }) => {
        const name = textOf(body, "Name");
        if ([...world.networks.values()].some((network) => network.name === name))
          throw new EngineFault(409, `network with name ${name} already exists`);
        const Id = addNetwork(
          world,
          name,
          "bridge",
          "172.31.0.0/16",
          world.now(),
          objectOf(body, "Labels") as Record<string, string>,
        );
        world.tell("network", "create", Id, { name, type: "bridge" });
        response.statusCode = 201;
        return { Id, Warning: "" };
      },
    },
    {
      method: "POST",
      path: /^\/networks\/prune$/,
      answer: ({ world, query }) => {
        const filters = filtersOf(query);
        const gone = [...world.networks.values()].filter(
          ({ name, labels }) =>
            !["bridge", "host", "none"].includes(name) && membersOf(world, name) === 0 && hasLabels(filters, labels),
        );
        for (const { id, name } of gone) {
          world.networks.delete(id);
          world.tell("network", "destroy", id, { name });
        }
        return { NetworksDeleted: gone.map(({ name }) => name) };
      },
    },
    {
      method: "DELETE",
      path: /^\/networks\/([^/]+)$/,
      answer: ({ world, words }) => {
        const [word = ""] = words;
        const network = [...world.networks.values()].find(({ id, name }) => name === word || id === word);
        if (!network) throw new EngineFault(404, `network ${word} not found`);
        if (["bridge", "host", "none"].includes(network.name))
          throw new EngineFault(403, `${network.name} is a pre-defined network and cannot be removed`);
        if (membersOf(world, network.name) > 0)
          throw new EngineFault(403, `error while removing network: network ${network.name} has active endpoints`);
        world.networks.delete(network.id);
        world.tell("network", "destroy", network.id, { name: network.name });
        return 204;
      },
    },
  ];
}

function usersOf(world: EngineWorld, volume: string): number {
  return [...world.containers.values()].filter(({ volumes }) => volumes.some(({ name }) => name === volume)).length;
}

function membersOf(world: EngineWorld, network: string): number {
  return [...world.containers.values()].filter((container) => container.network === network && container.pid > 0)
    .length;
}

function removeVolume(world: EngineWorld, name: string): void {
  world.volumes.delete(name);
  world.tell("volume", "destroy", name, { driver: "local" });
}

function removeImage(asked: Asked): object {
  const { world, words, query } = asked;
  const [word = ""] = words;
  const kept = world.image(word);
  if (!kept) throw noImage(word);
  const { image, names } = kept;
  const byName = !image.id.slice(7).startsWith(word.replace(/^sha256:/, ""));
  const force = isTrue(query.get("force"));
  if (byName && names.size > 1) {
    names.delete(word);
    world.tell("image", "untag", image.id, { name: image.id });
    return [{ Untagged: word }];
  }
  const users = world.usersOf(image.id);
  const running = users.find(({ pid }) => pid > 0);
  const first = running ?? users[0];
  if (first && (running || !force)) {
    const what = running
      ? `cannot be forced) - image is being used by running container`
      : `must be forced) - image is being used by stopped container`;
    throw new EngineFault(
      409,
      `conflict: unable to remove repository reference "${word}" (${what} ${first.id.slice(0, 12)}`,
    );
  }
  if (!byName && names.size > 1 && !force)
    throw new EngineFault(
      409,
      `conflict: unable to delete ${image.id.slice(7, 19)} (must be forced) - image is referenced in multiple repositories`,
    );
  return dropImage(world, kept);
}

function dropImage(world: EngineWorld, { image, names }: KeptImage): object[] {
  world.images.delete(image.id);
  world.tell("image", "delete", image.id, { name: image.id });
  const left = [...world.images.values()];
  const gone = image.layers.filter((_, place) => !left.some((other) => isWithin(image.layers, place, other)));
  return [
    ...[...names].map((name) => ({ Untagged: name })),
    { Deleted: image.id },
    ...gone.toReversed().map(({ diff }) => ({ Deleted: diff })),
  ];
}

/** Whether another image has this layer, and the same below it. */
function isWithin(layers: KeptImage["image"]["layers"], place: number, other: KeptImage): boolean {
  return layers.slice(0, place + 1).every(({ diff }, index) => other.image.layers[index]?.diff === diff);
}

function pruneImages(world: EngineWorld, query: URLSearchParams): object {
  const filters = filtersOf(query);
  const all = (filters["dangling"] ?? []).some((value) => value === "false" || value === "0");
  const before = bytesOnDisk(world);
  const deleted = [...world.images.values()]
    .filter(({ image, names }) => world.usersOf(image.id).length === 0 && (all || names.size === 0))
    .filter(({ image }) => hasLabels(filters, image.config.Labels))
    .flatMap((kept) => dropImage(world, kept));
  return { ImagesDeleted: deleted, SpaceReclaimed: before - bytesOnDisk(world) };
}

/** Tells layer by layer how far it is, as engines do. A pull that nobody waits for any more is given up. */
async function pull({ world, query, response }: Asked, isPushed: (name: string) => boolean): Promise<void> {
  const from = query.get("fromImage") ?? "";
  const tag = query.get("tag") ?? "";
  const reference = parseImageReference(tag === "" ? from : `${from}${tag.startsWith("sha256:") ? "@" : ":"}${tag}`);
  if (!reference) throw new EngineFault(400, "invalid reference format");
  const name = `${reference.registry}/${reference.repository}:${reference.tag ?? "latest"}`;
  if (reference.registry !== demoRegistry && reference.registry !== "docker.io")
    throw new EngineFault(
      500,
      `Get "https://${reference.registry}/v2/": the demo reaches no other registry than ${demoRegistry}`,
    );
  if (!canBePulled(name, isPushed))
    throw new EngineFault(404, `manifest for ${name} not found: manifest unknown: manifest unknown`);
  const image = imageOf(name);
  const known = new Set([...world.images.values()].flatMap((kept) => kept.image.layers.map(({ digest }) => digest)));
  const say = async (line: object, ms = stepMs) => {
    response.write(`${JSON.stringify(line)}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, ms).unref());
  };
  response.writeHead(200, { "content-type": "application/json" });
  await say({ status: `Pulling from ${image.repository}`, id: image.tag }, 0);
  for (const { digest } of image.layers)
    await say(
      {
        status: known.has(digest) ? "Already exists" : "Pulling fs layer",
        progressDetail: {},
        id: digest.slice(7, 19),
      },
      5,
    );
  for (const { digest, compressed } of image.layers.filter((layer) => !known.has(layer.digest))) {
    const id = digest.slice(7, 19);
    for (const status of ["Downloading", "Extracting"]) {
      for (let step = 1; step <= stepsOfLayer && !response.destroyed; step += 1) {
        const current = Math.round((compressed * step) / stepsOfLayer);
        await say({ status, progressDetail: { current, total: compressed }, id });
      }
      if (response.destroyed) return;
      await say(
        { status: status === "Downloading" ? "Download complete" : "Pull complete", progressDetail: {}, id },
        20,
      );
    }
  }
  const isNew = !world.images.has(image.id);
  world.keep(name, image);
  world.tell("image", "pull", name, { name });
  await say({ status: `Digest: ${image.indexDigest}` }, 0);
  await say({ status: `Status: ${isNew ? "Downloaded newer image" : "Image is up to date"} for ${name}` }, 0);
  response.end();
}
