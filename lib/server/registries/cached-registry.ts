import type { Descriptor, ImageConfig } from "./manifest.ts";
import type { RegistryOptions } from "./registry-session.ts";
import type { FoundManifest, Page } from "./registry.ts";
import { Registry } from "./registry.ts";
import { SharedReads } from "./shared-reads.ts";

/** Lists and what tags point at are believed for so long, in ms; what has a digest never changes. */
const listMs = 30_000;
/** A config's or manifest's objects take more than its bytes. */
const overhead = 2_048;
const bounds = { maxBytes: 64 * 1024 * 1024, atOnce: 6, mostWaiting: 200 };

/** The calls of `Registry`, with answers kept and shared by all who may ask this registry by this credential. */
export class CachedRegistry {
  readonly host: string;
  private readonly registry: Registry;
  private readonly reads: SharedReads;

  constructor(options: RegistryOptions, limits: Partial<typeof bounds> = {}) {
    this.host = options.host;
    this.registry = new Registry(options);
    this.reads = new SharedReads({ ...bounds, ...limits, ...(options.now ? { now: options.now } : {}) });
  }

  async ping(signal?: AbortSignal): Promise<void> {
    await this.reads.get(
      "ping",
      signal,
      async (stop) => await this.registry.ping(stop),
      () => ({ bytes: 0, ms: listMs }),
    );
  }

  async repositories(after: string | null, count: number, signal?: AbortSignal): Promise<Page> {
    return await this.reads.get(
      `catalog ${count} ${after ?? ""}`,
      signal,
      async (stop) => await this.registry.repositories(after, count, stop),
      pageKept,
    );
  }

  async tags(repository: string, after: string | null, count: number, signal?: AbortSignal): Promise<Page> {
    return await this.reads.get(
      `tags ${repository} ${count} ${after ?? ""}`,
      signal,
      async (stop) => await this.registry.tags(repository, after, count, stop),
      pageKept,
    );
  }

  async digestOf(repository: string, tag: string, signal?: AbortSignal): Promise<string | null> {
    return await this.reads.get(
      `digest ${repository} ${tag}`,
      signal,
      async (stop) => await this.registry.digestOf(repository, tag, stop),
      () => ({ bytes: overhead, ms: listMs }),
    );
  }

  async manifest(repository: string, reference: string, signal?: AbortSignal): Promise<FoundManifest> {
    return await this.reads.get(
      `manifest ${repository} ${reference}`,
      signal,
      async (stop) => await this.registry.manifest(repository, reference, stop),
      ({ size }) => ({ bytes: size + overhead, ms: reference.includes(":") ? Number.POSITIVE_INFINITY : listMs }),
    );
  }

  async config(
    repository: string,
    descriptor: Pick<Descriptor, "digest" | "size">,
    signal?: AbortSignal,
  ): Promise<ImageConfig> {
    return await this.reads.get(
      `config ${repository} ${descriptor.digest}`,
      signal,
      async (stop) => await this.registry.config(repository, descriptor, stop),
      () => ({ bytes: descriptor.size + overhead, ms: Number.POSITIVE_INFINITY }),
    );
  }

  async referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Descriptor[]> {
    return await this.reads.get(
      `referrers ${repository} ${digest}`,
      signal,
      async (stop) => await this.registry.referrers(repository, digest, stop),
      // Annotations are text of any length.
      (found) => ({ bytes: overhead * (found.length + 1) + JSON.stringify(found).length * 2, ms: listMs }),
    );
  }
}

function pageKept({ names }: Page): { bytes: number; ms: number } {
  return { bytes: overhead + names.reduce((sum, name) => sum + name.length * 2, 0), ms: listMs };
}
