import { Agent, request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Duplex, Readable } from "node:stream";
import { z } from "zod";

import { StowageError } from "../../error.ts";
import { readBody, readSome } from "../kubernetes/read-body.ts";
import { withoutSecrets } from "../kubernetes/without-secrets.ts";
import { dialEngine } from "./dial-engine.ts";
import type { EngineTls } from "./dial-engine.ts";
import type { EngineAddress } from "./engine-address.ts";
import { printEngineAddress } from "./engine-address.ts";

/** The oldest API that is spoken (Docker 20.10, Podman 4) and the newest that is known, as [major, minor]. */
const oldest = [1, 41] as const;
const newest = [1, 51] as const;

export type EngineRequest = {
  readonly method?: "GET" | "POST" | "DELETE" | "HEAD";
  /** Without a version, with its query: `/containers/json?all=1`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Milliseconds to the head of the answer; half a minute by default. */
  readonly responseTimeout?: number;
  /** The answer goes on for as long as somebody reads it: its connection is not counted among those of short questions. */
  readonly stream?: boolean;
};

export type EngineAnswer = { readonly status: number; readonly contentType: string; readonly body: Readable };

/** What an engine says of itself. */
export type EngineVersion = {
  /** `1.41`: what is spoken with it. */
  readonly api: string;
  readonly version: string;
  /** `Docker Engine - Community`, `Podman Engine` … */
  readonly product: string;
  readonly os: string;
  readonly architecture: string;
  readonly kernel: string;
};

const standardTimeoutMs = 30_000;
const maxJson = 64 * 1024 * 1024;
const maxError = 64 * 1024;
/** Connections at a time; streams (logs, events, stats) have their own. */
const maxSockets = 8;

const versionSchema = z.object({
  ApiVersion: z.string().regex(/^\d+\.\d+$/),
  MinAPIVersion: z.string().optional(),
  Version: z.string(),
  Os: z.string().default(""),
  Arch: z.string().default(""),
  KernelVersion: z.string().default(""),
  Platform: z.object({ Name: z.string() }).optional(),
  Components: z.array(z.object({ Name: z.string() })).optional(),
});

/**
 * Requests to one engine over its own API. The version is agreed on with the first request and again after the engine was away, since
 * it may come back another one.
 */
export class Engine {
  readonly address: EngineAddress;
  private readonly tls: EngineTls | null;
  private readonly agent: Agent;
  private readonly streams: Agent;
  private agreed: Promise<EngineVersion> | null = null;

  constructor(address: EngineAddress, tls: EngineTls | null = null) {
    this.address = address;
    this.tls = tls;
    this.agent = new Agent({ keepAlive: true, maxSockets, timeout: 60_000 });
    this.streams = new Agent();
    for (const agent of [this.agent, this.streams]) {
      // Node's own way in for agents that dial differently.
      agent.createConnection = (_options, done) => {
        const { signal } = new AbortController();
        dialEngine(this.address, this.tls, signal).then(
          (socket) => done?.(null, socket),
          (error: Error) => done?.(error, undefined as never),
        );
        return undefined;
      };
    }
  }

  get where(): string {
    return printEngineAddress(this.address);
  }

  /** Throws `source-unreachable`, or `source-refused` for an engine that is too old or no engine. */
  version(): Promise<EngineVersion> {
    this.agreed ??= this.agree().catch((error: unknown) => {
      this.agreed = null;
      throw error;
    });
    return this.agreed;
  }

  /**
   * The answer's head, whatever its status; its body is the caller's to read or destroy. Throws `source-unreachable`, or the signal's
   * reason.
   */
  async request(asked: EngineRequest): Promise<EngineAnswer> {
    const { api } = await this.version();
    return await this.send({ ...asked, path: `/v${api}${asked.path}` });
  }

  /** The answer to a request that succeeded. Throws by status besides: `not-found`, `conflict`, `invalid`, `source-refused`. */
  async open(asked: EngineRequest): Promise<EngineAnswer> {
    const answer = await this.request(asked);
    if (answer.status >= 200 && answer.status < 400) return answer;
    throw errorOf(answer.status, await readSome(answer.body, maxError).catch(() => ""));
  }

  /** JSON of an answer that succeeded; null where it has no content. */
  async json(asked: EngineRequest, { maxBytes = maxJson } = {}): Promise<unknown> {
    const { body } = await this.open(asked);
    return parseJson(await readBody(body, maxBytes), this.where);
  }

  /**
   * A connection of its own that the engine hands over to a command after a POST: what is written then is the command's input. Throws
   * as `open` does.
   */
  async hijack({ path, body }: { path: string; body: unknown }): Promise<Duplex> {
    const { api } = await this.version();
    const { signal } = new AbortController();
    const socket = await dialEngine(this.address, this.tls, signal);
    const payload = JSON.stringify(body);
    return await new Promise((resolve, reject) => {
      const request = requestHttp({
        createConnection: () => socket,
        method: "POST",
        path: `/v${api}${path}`,
        headers: {
          host: "engine",
          "user-agent": "stowage",
          connection: "Upgrade",
          upgrade: "tcp",
          "content-type": "application/json",
          "content-length": Buffer.byteLength(payload),
        },
      });
      const late = setTimeout(() => request.destroy(new Error("no answer")), standardTimeoutMs);
      request.once("error", (error) => {
        clearTimeout(late);
        socket.destroy();
        reject(this.unreachable(error));
      });
      request.once("upgrade", (_response, taken: Duplex, head: Buffer) => {
        clearTimeout(late);
        if (head.length > 0) taken.unshift(head);
        resolve(taken);
      });
      request.once("response", (response: IncomingMessage) => {
        clearTimeout(late);
        void readSome(response, maxError)
          .catch(() => "")
          .then((text) => {
            socket.destroy();
            reject(errorOf(response.statusCode ?? 0, text));
          });
      });
      request.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
    this.streams.destroy();
  }

  /** Forgets what was agreed: the engine that answers next may be another. */
  forget(): void {
    this.agreed = null;
  }

  private async agree(): Promise<EngineVersion> {
    const { status, body } = await this.send({ path: "/version" });
    const text = await readBody(body, maxError);
    const parsed = status === 200 ? versionSchema.safeParse(parseJson(text, this.where)) : null;
    if (!parsed?.success) throw new StowageError("source-refused", `${this.where} is no container engine`);
    const { ApiVersion, MinAPIVersion, Version, Os, Arch, KernelVersion, Platform, Components } = parsed.data;
    const [theirs, least] = [pairOf(ApiVersion), pairOf(MinAPIVersion ?? ApiVersion)];
    const api = isBelow(theirs, newest) ? theirs : newest;
    if (isBelow(api, oldest))
      throw new StowageError("source-refused", `${this.where} speaks API ${ApiVersion}; ${oldest.join(".")} is needed`);
    if (isBelow(api, least))
      throw new StowageError(
        "source-refused",
        `${this.where} speaks no API below ${MinAPIVersion}; ${newest.join(".")} is known`,
      );
    return {
      api: api.join("."),
      version: Version,
      product: productOf(Platform?.Name, Components?.[0]?.Name),
      os: Os,
      architecture: Arch,
      kernel: KernelVersion,
    };
  }

  private send({
    method = "GET",
    path,
    body,
    headers = {},
    signal,
    responseTimeout,
    stream = false,
  }: EngineRequest): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      const payload = body === undefined ? null : JSON.stringify(body);
      const request = requestHttp({
        agent: stream ? this.streams : this.agent,
        method,
        path,
        headers: {
          host: "engine",
          "user-agent": "stowage",
          ...headers,
          ...(payload === null
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
        },
        signal,
      });
      const ms = responseTimeout ?? standardTimeoutMs;
      const late = setTimeout(() => request.destroy(new Error(`no answer within ${ms / 1000} s`)), ms);
      request.once("error", (error) => {
        clearTimeout(late);
        reject(signal?.aborted ? signal.reason : this.unreachable(error));
      });
      request.once("response", (response: IncomingMessage) => {
        clearTimeout(late);
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? "",
          body: response,
        });
      });
      request.end(payload ?? undefined);
    });
  }

  private unreachable(error: Error): StowageError {
    this.forget();
    if (error instanceof StowageError) return error;
    return new StowageError("source-unreachable", `${this.where}: ${withoutSecrets(error.message)}`, { cause: error });
  }
}

/** Docker's platform is its product and its first component a bare "Engine"; Podman's platform is the system it was built for. */
function productOf(platform = "", component = ""): string {
  return component.startsWith("Podman") ? component : platform || component;
}

/** Whether it is Podman that answers: where it says less than Docker, the rest is asked for in other ways. */
export function isPodman({ product }: EngineVersion): boolean {
  return product.startsWith("Podman");
}

/** What an engine's error says, by its status. */
function errorOf(status: number, text: string): StowageError {
  const { message, cause } = saidIn(text);
  const said = withoutSecrets(message ?? `status ${status}`);
  // Podman's word for what Docker answers with 409: what was asked for is not to be had of a container in this state.
  switch (cause === "container state improper" ? 409 : status) {
    case 400:
      return new StowageError("invalid", said);
    case 401:
    case 403:
      return new StowageError("forbidden", said);
    case 404:
      return new StowageError("not-found", said);
    case 409:
      return new StowageError("conflict", said);
    default:
      return new StowageError("source-refused", said);
  }
}

function saidIn(text: string): { message: string | null; cause: string | null } {
  const parsed = refusal.safeParse(jsonOrNull(text));
  if (parsed.success) return { message: parsed.data.message ?? null, cause: parsed.data.cause ?? null };
  return { message: text.trim() === "" ? null : text.trim(), cause: null };
}

const refusal = z.object({ message: z.string().nullish().catch(null), cause: z.string().nullish().catch(null) });

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function parseJson(bytes: Buffer, where: string): unknown {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new StowageError("source-refused", `${where} sent something that is not JSON`, { cause });
  }
}

type Pair = readonly [number, number];

function pairOf(text: string): Pair {
  const [major = 0, minor = 0] = text.split(".").map(Number);
  return [major, minor];
}

function isBelow(a: Pair, b: Pair): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
