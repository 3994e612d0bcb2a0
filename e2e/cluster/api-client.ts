import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import { resourcePath } from "./resource-path.ts";
import type { KubeObject } from "./resource-path.ts";
import { sleep } from "./wait-until.ts";

export type PatchType = "merge" | "strategic" | "json" | "apply";

const patchContentTypes: Record<PatchType, string> = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
  // Apply takes YAML, of which JSON is a part.
  apply: "application/apply-patch+yaml",
};

export class ApiError extends Error {
  readonly status: number;
  readonly body: string;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path} answered ${status}: ${body.slice(0, 500)}`);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

interface RequestOptions {
  accept?: string;
  body?: string;
  contentType?: string;
}

const retries = 5;

/** As little of a client as seeding, churning and checking need: JSON over kept-alive connections. */
export class ApiClient {
  private readonly server: string;
  private readonly token: string;
  private readonly agent: Agent;

  constructor(server: string, token: string, ca: string, maxSockets = 64) {
    this.server = server;
    this.token = token;
    this.agent = new Agent({ ca, keepAlive: true, maxSockets });
  }

  async get<T = KubeObject>(path: string): Promise<T> {
    return JSON.parse(await this.send("GET", path)) as T;
  }

  async getOrUndefined<T = KubeObject>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All items of a collection, page by page. */
  async list<T = KubeObject>(path: string, query = ""): Promise<T[]> {
    const items: T[] = [];
    let next = "";
    do {
      const page = `limit=1000${query ? `&${query}` : ""}${next ? `&continue=${encodeURIComponent(next)}` : ""}`;
      const answer = await this.get<{ items: T[]; metadata: { continue?: string } }>(`${path}?${page}`);
      items.push(...answer.items);
      next = answer.metadata.continue ?? "";
    } while (next);
    return items;
  }

  /** How many objects a collection has, without reading them all. */
  async count(path: string, query = ""): Promise<number> {
    const answer = await this.get<{ items: unknown[]; metadata: { remainingItemCount?: number; continue?: string } }>(
      `${path}?limit=1${query ? `&${query}` : ""}`,
    );
    if (answer.metadata.remainingItemCount !== undefined)
      return answer.items.length + answer.metadata.remainingItemCount;
    // The server does not count what a selector leaves out.
    return answer.metadata.continue ? (await this.list(path, query)).length : answer.items.length;
  }

  /**
   * The cells of the server's own table of a collection, by column name: what ten thousand pods can be watched by, at a
   * fiftieth of their size. From the server's cache, so that it may be behind by a moment.
   */
  async table(path: string, query = ""): Promise<Record<string, unknown>[]> {
    const url = `${path}?includeObject=None&resourceVersion=0${query ? `&${query}` : ""}`;
    const text = await this.send("GET", url, { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" });
    const { columnDefinitions, rows } = JSON.parse(text) as {
      columnDefinitions: { name: string }[];
      rows: { cells: unknown[] }[] | null;
    };
    return (rows ?? []).map(({ cells }) =>
      Object.fromEntries(cells.map((cell, index) => [columnDefinitions[index]?.name ?? index, cell])),
    );
  }

  /** Creates an object; one that exists already stays as it is. */
  async create(object: KubeObject): Promise<"created" | "existed"> {
    try {
      await this.send("POST", resourcePath(object).collection, { body: JSON.stringify(object) });
      return "created";
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) return "existed";
      throw error;
    }
  }

  /** Server-side apply: makes it so, whatever was there. */
  async apply(object: KubeObject): Promise<KubeObject> {
    const path = `${resourcePath(object).item}?fieldManager=stowage-seed&force=true`;
    return JSON.parse(await this.patch(path, object, "apply")) as KubeObject;
  }

  async patch(path: string, patch: unknown, type: PatchType): Promise<string> {
    return await this.send("PATCH", path, { body: yamlSafeJson(patch), contentType: patchContentTypes[type] });
  }

  /** True when there was something to delete. */
  async delete(path: string, options: Record<string, unknown> = {}): Promise<boolean> {
    try {
      await this.send("DELETE", path, { body: JSON.stringify(options) });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** Tries again when the server is busy, is just starting, or the connection broke. */
  private async send(method: string, path: string, options: RequestOptions = {}): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { status, text } = await this.once(method, path, options);
        if (status < 300) return text;
        const error = new ApiError(method, path, status, text);
        if (!isTransient(status, text) || attempt > retries) throw error;
      } catch (error) {
        if (error instanceof ApiError || attempt > retries) throw error;
      }
      await sleep(200 * 2 ** attempt * (0.5 + Math.random()));
    }
  }

  private once(method: string, path: string, options: RequestOptions): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = {
        authorization: `Bearer ${this.token}`,
        accept: options.accept ?? "application/json",
      };
      if (options.body !== undefined) {
        headers["content-type"] = options.contentType ?? "application/json";
        headers["content-length"] = Buffer.byteLength(options.body);
      }
      const sent = request(
        `${this.server}${path}`,
        { method, headers, agent: this.agent, timeout: 60_000 },
        (response: IncomingMessage) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
          );
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path} took more than a minute`)));
      sent.on("error", reject);
      sent.end(options.body);
    });
  }
}

/** JSON allows some control characters that YAML does not: those go as escapes. */
function yamlSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isTransient(status: number, text: string): boolean {
  if (status === 429 || status === 502 || status === 503 || status === 504) return true;
  // A namespace's default service account follows the namespace by a moment.
  if (status === 403 && text.includes("error looking up service account")) return true;
  return status === 500 && /timeout|etcdserver|connection refused/.test(text);
}

/** Runs `work` over all items, at most `limit` at a time; the first failure stops it. */
export async function inParallel<T>(
  items: T[],
  limit: number,
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index] as T, index);
    }
  });
  await Promise.all(lanes);
}
