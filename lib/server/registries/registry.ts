import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ZodError } from "zod";
import * as z from "zod";

import { StowageError } from "../error.ts";
import type { Answered } from "./exchange.ts";
import { indexTypes, manifestTypes, parseConfig, parseManifest } from "./manifest.ts";
import type { Descriptor, ImageConfig, ImageIndex, ImageManifest } from "./manifest.ts";
import { RegistrySession } from "./registry-session.ts";
import type { RegistryOptions } from "./registry-session.ts";

/** A part of a longer list. `next` goes into the next call; null at the end. */
export type Page = { readonly names: readonly string[]; readonly next: string | null };

/** How much may still be pulled, where a registry says so: Docker Hub counts by six hours. */
export type RateLimit = { readonly limit: number; readonly remaining: number; readonly seconds: number | null };

export type FoundManifest = {
  readonly digest: string;
  /** Bytes of the manifest itself. */
  readonly size: number;
  readonly manifest: ImageIndex | ImageManifest;
  readonly rateLimit: RateLimit | null;
};

/** What OCI asks registries to take at least. */
const maxManifest = 4 * 1024 * 1024;
const maxConfig = 8 * 1024 * 1024;
const maxList = 4 * 1024 * 1024;
/** Names that are taken of one page, however many were sent. */
const maxNames = 10_000;

/**
 * One registry by the OCI distribution API, read only. Every call throws what RegistrySession.ask throws, `not-found` where the
 * registry knows no such thing, `busy` beyond its rate limit, and `source-refused` for answers that are not what they
 * are said to be: another digest, no JSON, no manifest.
 */
export class Registry {
  readonly host: string;
  private readonly session: RegistrySession;

  constructor(options: RegistryOptions) {
    this.session = new RegistrySession(options);
    this.host = options.host;
  }

  /** Throws when it is not there, is no registry or refuses the credential. */
  async ping(signal?: AbortSignal): Promise<void> {
    this.check(await this.session.ask({ path: "/v2/", maxBytes: maxList, scope: null, signal }), "the API");
  }

  /** Names of repositories; many registries, Docker Hub first, refuse this to everybody. */
  async repositories(after: string | null, count: number, signal?: AbortSignal): Promise<Page> {
    return await this.page("/v2/_catalog", "repositories", "registry:catalog:*", { after, count, signal });
  }

  async tags(repository: string, after: string | null, count: number, signal?: AbortSignal): Promise<Page> {
    return await this.page(`/v2/${repository}/tags/list`, "tags", pull(repository), { after, count, signal });
  }

  /** The manifest or index under a tag or digest, its bytes checked against their digest. */
  async manifest(repository: string, reference: string, signal?: AbortSignal): Promise<FoundManifest> {
    const path = `/v2/${repository}/manifests/${reference}`;
    const accept = [...indexTypes, ...manifestTypes].join(", ");
    const answer = await this.session.ask({ path, accept, maxBytes: maxManifest, scope: pull(repository), signal });
    this.check(answer, `${repository}:${reference}`);
    const named = reference.includes(":") ? reference : answer.headers["docker-content-digest"];
    const digest = this.verified(answer.body, typeof named === "string" ? named : null, reference.includes(":"));
    const manifest = this.parsed(() => parseManifest(this.json(answer.body), answer.headers["content-type"] ?? ""));
    return { digest, size: answer.body.length, manifest, rateLimit: rateLimitOf(answer.headers) };
  }

  /** What a tag points at now, without the manifest: Docker Hub counts this as no pull. null when there is no such tag. */
  async digestOf(repository: string, tag: string, signal?: AbortSignal): Promise<string | null> {
    const path = `/v2/${repository}/manifests/${tag}`;
    const accept = [...indexTypes, ...manifestTypes].join(", ");
    const answer = await this.session.ask({
      path,
      method: "HEAD",
      accept,
      maxBytes: 0,
      scope: pull(repository),
      signal,
    });
    if (answer.status === 404) return null;
    this.check(answer, `${repository}:${tag}`);
    const digest = answer.headers["docker-content-digest"];
    return typeof digest === "string" ? digest : (await this.manifest(repository, tag, signal)).digest;
  }

  /** The config that a manifest names: its digest is the image ID. */
  async config(
    repository: string,
    { digest, size }: Pick<Descriptor, "digest" | "size">,
    signal?: AbortSignal,
  ): Promise<ImageConfig> {
    if (size > maxConfig) throw new StowageError("too-large", `the config of ${repository} is ${size} bytes`);
    const path = `/v2/${repository}/blobs/${digest}`;
    const answer = await this.session.ask({ path, maxBytes: maxConfig, scope: pull(repository), signal });
    this.check(answer, `${repository}@${digest}`);
    this.verified(answer.body, digest, true);
    // What is kept of it is counted by what its manifest said.
    if (answer.body.length !== size)
      throw new StowageError("source-refused", `${this.host} sent a config of another size than its manifest says`);
    return this.parsed(() => parseConfig(this.json(answer.body)));
  }

  /** What refers to a manifest: signatures, SBOMs. Registries before OCI 1.1 have a tag for it. */
  async referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Descriptor[]> {
    const path = `/v2/${repository}/referrers/${digest}`;
    const accept = indexTypes[0];
    const answer = await this.session.ask({ path, accept, maxBytes: maxManifest, scope: pull(repository), signal });
    if (answer.status === 404) return await this.referrersByTag(repository, digest, signal);
    this.check(answer, `referrers of ${repository}@${digest}`);
    const index = this.parsed(() => parseManifest(this.json(answer.body), accept));
    return index.type === "index" ? index.manifests : [];
  }

  private async referrersByTag(
    repository: string,
    digest: string,
    signal?: AbortSignal,
  ): Promise<readonly Descriptor[]> {
    try {
      const { manifest } = await this.manifest(repository, digest.replace(":", "-"), signal);
      return manifest.type === "index" ? manifest.manifests : [];
    } catch (error) {
      if (error instanceof StowageError && error.code === "not-found") return [];
      throw error;
    }
  }

  private async page(
    path: string,
    field: "repositories" | "tags",
    scope: string,
    { after, count, signal }: { after: string | null; count: number; signal: AbortSignal | undefined },
  ): Promise<Page> {
    const query = after ?? `n=${count}`;
    const answer = await this.session.ask({ path: `${path}?${query}`, maxBytes: maxList, scope, signal });
    this.check(answer, field);
    const names = this.parsed(() => listSchema.parse(this.json(answer.body)))[field] ?? [];
    return { names: names.slice(0, maxNames), next: nextQuery(answer.headers["link"], path, query) };
  }

  private check({ status, body }: Answered, what: string): void {
    if (status >= 200 && status < 300) return;
    const detail = `${this.host}, ${what}: ${reasonIn(body) ?? status}`;
    switch (status) {
      case 401:
        throw new StowageError("registry-login", detail);
      case 403:
        throw new StowageError("registry-login", detail);
      case 404:
        throw new StowageError("not-found", detail);
      case 429:
        throw new StowageError("busy", `${this.host} lets nothing more be pulled for now: ${reasonIn(body) ?? ""}`);
      default:
        throw new StowageError(status >= 500 ? "source-unreachable" : "source-refused", detail);
    }
  }

  /** The digest of these bytes. Throws when another one was asked for; one that is only said to be is replaced by what is. */
  private verified(bytes: Buffer, expected: string | null, asked: boolean): string {
    const algorithm = expected?.startsWith("sha512:") ? "sha512" : "sha256";
    const digest = `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
    if (asked && digest !== expected) {
      throw new StowageError("source-refused", `${this.host} sent ${digest} where ${expected ?? ""} was asked for`);
    }
    return digest;
  }

  private json(body: Buffer): unknown {
    try {
      return JSON.parse(body.toString("utf8"));
    } catch (cause) {
      throw new StowageError("source-refused", `${this.host} sent something that is not JSON`, { cause });
    }
  }

  private parsed<T>(parse: () => T): T {
    try {
      return parse();
    } catch (cause) {
      if (!(cause instanceof ZodError)) throw cause;
      throw new StowageError("source-refused", `${this.host} sent no manifest: ${z.prettifyError(cause)}`, { cause });
    }
  }
}

const names = z.array(z.string().max(1_024)).nullish();
const listSchema = z.object({ repositories: names, tags: names });

function pull(repository: string): string {
  return `repository:${repository}:pull`;
}

/** The query of the next page, when it is one of the same list and not the page that was just read. */
function nextQuery(link: string | string[] | undefined, path: string, query: string): string | null {
  const text = Array.isArray(link) ? link.join(",") : (link ?? "");
  const target = /<([^>]{1,4096})>\s*;[^,]*\brel="?next"?/.exec(text)?.[1];
  const url = target === undefined ? null : URL.parse(target, "https://registry.invalid");
  if (url?.pathname !== path) return null;
  const next = url.search.slice(1);
  return next === "" || next === query ? null : next;
}

function rateLimitOf(headers: IncomingHttpHeaders): RateLimit | null {
  const [limit = "", window = ""] = String(headers["ratelimit-limit"] ?? "").split(";w=");
  const remaining = Number.parseInt(String(headers["ratelimit-remaining"] ?? ""), 10);
  if (!/^\d+$/.test(limit) || !Number.isInteger(remaining)) return null;
  return { limit: Number(limit), remaining, seconds: /^\d+$/.test(window) ? Number(window) : null };
}

/** The first error of a registry's answer in its own words. */
function reasonIn(body: Buffer): string | null {
  try {
    const json: { errors?: { code?: unknown; message?: unknown }[] } = JSON.parse(body.toString("utf8"));
    const [first] = json.errors ?? [];
    return first
      ? [first.code, first.message]
          .filter((part) => typeof part === "string")
          .join(": ")
          .slice(0, 300)
      : null;
  } catch {
    return null;
  }
}
