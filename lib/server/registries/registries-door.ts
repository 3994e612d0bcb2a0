import type {
  ImageAnswer,
  LayerAnswer,
  RegistriesAnswer,
  RepositoriesAnswer,
  TagsAnswer,
} from "../../protocol/registry.ts";
import type { Person } from "../access/person.ts";

/** A repository of a registry; `pod` (`source/namespace/name`) is the one whose pull secrets may be used. */
export type RepositoryAsked = { readonly host: string; readonly repository: string; readonly pod: string | null };

export type ImageAsked = RepositoryAsked & {
  /** A tag or a digest. */
  readonly reference: string;
  readonly platform: string | null;
  readonly was: string | null;
};

/** `layer` is its digest, its diffID or its chain ID. */
export type LayerAsked = Omit<ImageAsked, "was"> & { readonly layer: string };

/**
 * Registries, read only, for anybody who is signed in. Each call throws `unknown-source` for a registry that may not be asked,
 * `bad-request` for a name that no image has, `not-found`, `registry-login` where the registry wants another credential, `forbidden`
 * for the pod, `busy` beyond a rate limit, `source-unreachable`, `source-refused`, `too-large`, or the signal's reason.
 */
export type RegistriesDoor = {
  /** Each with its state, as far as they have answered after `waitMs`; never throws for one of them. */
  list(person: Person, waitMs: number, signal?: AbortSignal): Promise<RegistriesAnswer>;
  /** Refusals of the list itself are in the answer. `words` are searched for where there is a search and no list. */
  repositories(
    person: Person,
    asked: { host: string; words: string; after: string | null },
    signal?: AbortSignal,
  ): Promise<RepositoriesAnswer>;
  tags(person: Person, asked: RepositoryAsked & { after: string | null }, signal?: AbortSignal): Promise<TagsAnswer>;
  /** What a tag points at; null where there is no such tag. */
  digest(person: Person, asked: RepositoryAsked & { tag: string }, signal?: AbortSignal): Promise<string | null>;
  image(person: Person, asked: ImageAsked, signal?: AbortSignal): Promise<ImageAnswer>;
  layer(person: Person, asked: LayerAsked, signal?: AbortSignal): Promise<LayerAnswer>;
};
