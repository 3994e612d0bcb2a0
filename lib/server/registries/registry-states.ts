import type { RateLimitTold, RegistrySummary } from "../../protocol/registry.ts";
import { wireErrorOf } from "../error.ts";
import { pause } from "../../shared/pause.ts";
import type { KnownRegistry } from "./registry-book.ts";
import { SharedReads } from "./shared-reads.ts";

type Standing = Pick<RegistrySummary, "state" | "error">;

/** What a registry answered is believed for so long, in ms. */
const standingMs = 20_000;

/** How registries stand: asked at most once in a while, and never waited for longer than somebody wants. */
export class RegistryStates {
  private readonly reads = new SharedReads({ maxBytes: 1024, atOnce: 16, mostWaiting: 500 });
  private readonly limits = new Map<string, RateLimitTold>();

  /** What a registry said last of what may still be pulled. */
  noteLimit(host: string, limit: RateLimitTold | null): void {
    if (limit) this.limits.set(host, limit);
  }

  /** `asking` where it has not answered after `waitMs`; it is asked on nevertheless. */
  async summary(registry: KnownRegistry, waitMs: number, signal?: AbortSignal): Promise<RegistrySummary> {
    const { host, title, origin, address } = registry;
    const standing = await this.standing(registry, waitMs, signal);
    const rateLimit = this.limits.get(host) ?? null;
    return { host, title, origin, address: address === null ? null : address.origin, rateLimit, ...standing };
  }

  private async standing(registry: KnownRegistry, waitMs: number, signal?: AbortSignal): Promise<Standing> {
    const stop = new AbortController();
    const ended = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal;
    const asked = this.reads.get(
      registry.host,
      signal,
      async (own) => await ask(registry, own),
      () => ({ bytes: 1, ms: standingMs }),
    );
    try {
      const waited = pause(waitMs, ended).then((): Standing => ({ state: "asking", error: null }));
      return await Promise.race([asked, waited]);
    } finally {
      stop.abort();
      asked.catch(() => undefined);
    }
  }
}

async function ask({ cached, hasCredential }: KnownRegistry, signal: AbortSignal): Promise<Standing> {
  try {
    const isSignedIn = await hasCredential();
    await cached.ping(signal);
    return { state: isSignedIn ? "signed-in" : "open", error: null };
  } catch (thrown) {
    const error = wireErrorOf(thrown);
    return { state: error.code === "registry-login" ? "refused" : "unreachable", error };
  }
}
