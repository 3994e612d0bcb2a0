import { createSecureServer } from "node:http2";
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from "node:http2";
import { Agent, request } from "node:https";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Transform } from "node:stream";

import { testAuthority } from "../../lib/server/sources/kubernetes/testing/test-certificates.ts";

export type ProxyAnswer = { status: number; headers?: Readonly<Record<string, string>>; body: string };

export type ProxiedRequest = { readonly method: string; readonly url: string; readonly at: number };

/** What the proxy does with a request instead of passing it on; undefined passes it on. */
export type ProxyRule = (asked: ProxiedRequest) => ProxyAnswer | { delay: number } | undefined;

/** What becomes of a line of a watch stream: another text, or an end of the stream after so much of it. */
export type LineRule = (line: string, asked: ProxiedRequest) => string | { endAfter: string } | undefined;

/**
 * Stands before an API server and speaks HTTP/2 with a certificate of its own: it can answer in the server's place, and spoil what
 * the server says.
 */
export class ApiProxy {
  rule: ProxyRule = () => undefined;
  /** Set while lines of watch streams are to be spoilt. */
  lineRule: LineRule | null = null;
  readonly seen: ProxiedRequest[] = [];
  readonly ca: Buffer;
  private readonly server: Http2SecureServer;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly upstream: { target: URL; agent: Agent };

  private constructor(target: string, targetCa: Buffer) {
    const authority = testAuthority();
    this.ca = authority.ca;
    this.upstream = { target: new URL(target), agent: new Agent({ ca: targetCa, keepAlive: true }) };
    this.server = createSecureServer(authority.server(["IP:127.0.0.1"]), (asked, answer) => this.handle(asked, answer));
    this.server.on("session", (session) => {
      this.sessions.add(session);
      session.on("error", () => undefined).on("close", () => this.sessions.delete(session));
    });
  }

  static async start(target: string, targetCa: Buffer): Promise<ApiProxy> {
    const proxy = new ApiProxy(target, targetCa);
    await new Promise<void>((resolve) => {
      proxy.server.listen(0, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection, so that what is under a rule is asked for again. */
  cut(): void {
    for (const session of this.sessions) session.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    this.cut();
    this.upstream.agent.destroy();
    await closed;
  }

  private handle(asked: Http2ServerRequest, answer: Http2ServerResponse): void {
    const { method, url } = asked;
    const seen: ProxiedRequest = { method, url, at: Date.now() };
    this.seen.push(seen);
    const ruled = this.rule(seen);
    if (ruled && "status" in ruled) {
      answer.writeHead(ruled.status, { "content-type": "application/json", ...ruled.headers });
      answer.end(ruled.body);
      asked.resume();
      return;
    }
    const forward = () => this.forward(asked, answer, seen);
    if (ruled) setTimeout(forward, ruled.delay);
    else forward();
  }

  private forward(asked: Http2ServerRequest, answer: Http2ServerResponse, seen: ProxiedRequest): void {
    const { target, agent } = this.upstream;
    const { hostname, port } = target;
    const options = { hostname, port, agent, method: asked.method, path: asked.url, headers: plain(asked.headers) };
    const sent = request(options, (received) => this.answer(received, answer, seen));
    sent.on("error", () => answer.stream?.close());
    answer.on("close", () => sent.destroy());
    asked.pipe(sent);
  }

  private answer(received: IncomingMessage, answer: Http2ServerResponse, seen: ProxiedRequest): void {
    if (answer.stream.destroyed) return;
    answer.writeHead(received.statusCode ?? 502, plain(received.headers));
    // A server that dies ends no stream in order.
    received.on("error", () => answer.stream.close(2));
    received.on("aborted", () => answer.stream.close(2));
    if (!/[?&]watch=true/.test(seen.url)) {
      received.pipe(answer.stream);
      return;
    }
    received.pipe(this.lines(seen)).pipe(answer.stream);
  }

  /** Passes whole lines on, as the rule of the moment has them. */
  private lines(seen: ProxiedRequest): Transform {
    let rest = "";
    let ended = false;
    const transform = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const lines = (rest + chunk.toString("latin1")).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (ended) break;
          const ruled = this.lineRule?.(line, seen) ?? line;
          ended = typeof ruled !== "string";
          transform.push(Buffer.from(typeof ruled === "string" ? `${ruled}\n` : ruled.endAfter, "latin1"));
        }
        if (ended) transform.push(null);
        done();
      },
    });
    return transform.on("error", () => undefined);
  }
}

const hopByHop = /^(:.*|host|connection|keep-alive|transfer-encoding|upgrade|proxy-.*)$/;

function plain(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] => !hopByHop.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}
