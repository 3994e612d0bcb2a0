import type { Person } from "../access/person.ts";
import { StowageError, isStowageError, wireErrorOf } from "../error.ts";
import { parseImageReference } from "../../shared/image-reference.ts";
import { askedRegistry, checkReference } from "./asked-registry.ts";
import { searchHub } from "./hub-search.ts";
import { layersOf } from "./image-steps.ts";
import { KnownImages } from "./layer-holders.ts";
import type { PullSecretDoors } from "./pull-secrets.ts";
import { allTags } from "./all-tags.ts";
import { readImage, readPlatform } from "./read-image.ts";
import { readLayer } from "./read-layer.ts";
import type { RegistriesDoor } from "./registries-door.ts";
import type { BookOptions } from "./registry-book.ts";
import { RegistryBook } from "./registry-book.ts";
import { RegistryStates } from "./registry-states.ts";
import { orderTags } from "./tag-order.ts";

export type Registries = {
  readonly door: RegistriesDoor;
  /**
   * What a registry tells of the layers of `host/repository@sha256:…` for machines of an architecture; null where the registry is
   * not one that is known here, or does not tell. Nobody asked for it by name, so Docker Hub's count of pulls is left alone.
   */
  readonly imageLayers: (person: Person, name: string, architecture: string | null) => Promise<ImageLayersTold | null>;
};

export type ImageLayersTold = {
  /** Digest of the config. */
  readonly id: string;
  readonly layers: readonly { readonly diff: string; readonly compressed: number; readonly createdBy: string | null }[];
};

const repositoriesAtOnce = 100;
/** Of what a registry itself names as the address of its next page. */
const longestAfter = 4_096;

/** The composition of everything that asks registries. */
export function openRegistries(options: BookOptions, doors: PullSecretDoors): Registries {
  const book = new RegistryBook(options);
  const states = new RegistryStates();
  const known = new KnownImages();

  const door: RegistriesDoor = {
    async list(_person, waitMs, signal) {
      const registries = await Promise.all(
        book.all().map(async (registry) => await states.summary(registry, waitMs, signal)),
      );
      return { registries, asksOthers: book.asksOthers };
    },

    async repositories(_person, { host, words, after }, signal) {
      checkAfter(after);
      const asked = book.find(host);
      const registry = await states.summary(asked, 1_000, signal);
      if (host === "docker.io") {
        if (words.trim() === "") return { registry, repositories: [], next: null, listed: "search", error: null };
        const found = await searchHub(options.hubSearch, words, after, signal);
        return { registry, ...found, listed: "search", error: null };
      }
      try {
        const { names, next } = await asked.cached.repositories(after, repositoriesAtOnce, signal);
        const wanted = words.trim().toLowerCase();
        const repositories = names
          .filter((name) => name.toLowerCase().includes(wanted))
          .map((name) => ({ name, about: null, official: false, stars: null }));
        return { registry, repositories, next, listed: "all", error: null };
      } catch (thrown) {
        if (!isStowageError(thrown)) throw thrown;
        return { registry, repositories: [], next: null, listed: "refused", error: wireErrorOf(thrown) };
      }
    },

    async tags(person, { after, ...asked }, signal) {
      checkAfter(after);
      const { reads, signedBy, repository } = await askedRegistry(book, doors, person, asked);
      const { tags, next } = await allTags(reads, repository, after, signal);
      return { host: asked.host, repository, tags: orderTags(tags), next, signedBy };
    },

    async digest(person, { tag, ...asked }, signal) {
      checkReference(tag);
      const { reads, repository } = await askedRegistry(book, doors, person, asked);
      return await reads.digestOf(repository, tag, signal);
    },

    async image(person, { host, repository: name, pod, ...question }, signal) {
      checkReference(question.reference);
      const { reads, signedBy, repository } = await askedRegistry(book, doors, person, { host, repository: name, pod });
      const answer = await readImage(reads, { ...question, repository }, signal);
      states.noteLimit(host, answer.rateLimit);
      return { ...answer, signedBy };
    },

    async layer(person, { layer, ...asked }, signal) {
      checkReference(asked.reference);
      const registry = await askedRegistry(book, doors, person, asked);
      // What was read with a pod's secret is remembered for this answer alone.
      const memory = registry.signedBy === "pull-secret" ? new KnownImages() : known;
      return await readLayer(registry, { ...asked, layer }, { memory, others: known }, signal);
    },
  };

  return {
    door,
    async imageLayers(_person, name, architecture) {
      const parsed = parseImageReference(name);
      if (!parsed?.digest || !book.isListed(parsed.registry)) return null;
      const registry = book.find(parsed.registry);
      if (registry.origin === "standard") return null;
      const { repository, digest: reference } = parsed;
      const platform = architecture === null ? null : `linux/${architecture}`;
      const read = await readPlatform(registry.cached, { repository, reference, platform });
      if (!read.config) return null;
      known.remember(registry.host, repository, reference, read);
      const layers = layersOf(read.manifest, read.config).flatMap(({ diff, size, step }) =>
        diff === null ? [] : [{ diff, compressed: size, createdBy: step }],
      );
      return { id: read.manifest.config.digest, layers };
    },
  };
}

/** Throws `bad-request` for what can be no part of an address. */
function checkAfter(after: string | null): void {
  if (after === null || (after.length <= longestAfter && /^[\x21-\x7e]+$/.test(after) && !after.includes("#"))) return;
  throw new StowageError("bad-request", "this is no place in a list");
}
