import { Agent, request } from "node:https";
import type { AgentOptions, RequestOptions } from "node:https";

import { KubeConfig } from "@kubernetes/client-node";

export class ServerRefused extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path} answered ${status}: ${body.slice(0, 500)}`);
    this.name = "ServerRefused";
    this.status = status;
  }
}

/** An answer, and the moments (seconds since the epoch, by the server's clock) between which the server made it. */
export type Answer = { body: unknown; from: number; to: number };

const patchTypes = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
} as const;

/** A connection to an API server that shares no code with the product: what judges it must not make its mistakes. */
export class ApiServer {
  private readonly origin: string;
  private readonly agent: Agent;
  private readonly options: RequestOptions;

  private constructor(origin: string, options: RequestOptions) {
    this.origin = origin;
    this.options = options;
    this.agent = new Agent({ ...agentOptions(options), keepAlive: true, maxSockets: 32 });
  }

  /** The current context of a kubeconfig. */
  static async connect(kubeconfig: string): Promise<ApiServer> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error(`${kubeconfig} has no current cluster`);
    return new ApiServer(server.replace(/\/$/u, ""), options);
  }

  /** Reads again where the connection broke: a busy server closes idle ones just as they are used. */
  async get(path: string, accept = "application/json"): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send("GET", path, { accept });
      } catch (error) {
        if (error instanceof ServerRefused || attempt === 4) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250 * attempt));
      }
    }
  }

  post(path: string, object: unknown): Promise<Answer> {
    return this.send("POST", path, { "content-type": "application/json" }, JSON.stringify(object));
  }

  patch(path: string, patch: unknown, type: keyof typeof patchTypes): Promise<Answer> {
    return this.send("PATCH", path, { "content-type": patchTypes[type] }, JSON.stringify(patch));
  }

  delete(path: string): Promise<Answer> {
    return this.send(
      "DELETE",
      path,
      { "content-type": "application/json" },
      JSON.stringify({ gracePeriodSeconds: 30 }),
    );
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const started = Date.now();
    return new Promise((resolve, reject) => {
      const own = this.options.headers as Record<string, string> | undefined;
      // Node adds no length to a DELETE, and its body would be read as the next request.
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const all = { ...own, ...headers, ...length };
      const sent = request(`${this.origin}${path}`, { method, agent: this.agent, headers: all }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const status = response.statusCode ?? 0;
          if (status >= 300) reject(new ServerRefused(method, path, status, text));
          else resolve({ body: JSON.parse(text), ...between(response.headers.date, Date.now() - started) });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

/** The Date header is cut to a second and set when the answer begins; the answer was made at most the whole request before that. */
function between(date: string | undefined, milliseconds: number): { from: number; to: number } {
  const at = date === undefined ? Date.now() / 1000 : Date.parse(date) / 1000;
  return { from: at - milliseconds / 1000 - 1, to: at + milliseconds / 1000 + 1 };
}

/** A field that is set to undefined would take the place of a default. */
function agentOptions({ ca, cert, key, rejectUnauthorized, servername }: RequestOptions): AgentOptions {
  const given = Object.entries({ ca, cert, key, rejectUnauthorized, servername });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
