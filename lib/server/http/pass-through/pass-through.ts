import type { IncomingMessage, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";

import type { Credential, Person } from "../../access/person.ts";
import type { AuditLog, Intent, Outcome } from "../../audit/audit-log.ts";
import { isStowageError, StowageError } from "../../error.ts";
import { log } from "../../log.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import type { KubeResponse, KubeTunnel } from "../../sources/kubernetes/transport.ts";
import { checkRequest } from "../request-check.ts";
import type { HostRules } from "../request-check.ts";
import { apiAct } from "./api-act.ts";
import type { ApiTarget } from "./api-target.ts";
import { apiTarget } from "./api-target.ts";
import { beginningOf } from "./beginning-of.ts";
import { agentOf, requestHeaders, responseHeaders } from "./forwarded-headers.ts";
import { identify } from "./identify.ts";
import type { Asker, RequestHeaders } from "./identify.ts";
import type { KubeStatus } from "./kube-status.ts";
import { messageOf, statusOf, statusText } from "./kube-status.ts";
import { hasBody, jsonOf, objectBody, proxiedBody } from "./request-body.ts";
import { StandingStreams } from "./standing.ts";

export type PassThroughParts = {
  readonly rules: HostRules;
  readonly find: (headers: RequestHeaders) => Promise<Person | null>;
  readonly source: (slug: string) => ClusterSource | undefined;
  readonly audit: AuditLog;
};

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
/** Requests and tunnels that one person may have open at a time. */
const maxOpen = 200;
/** The API server ends most requests within a minute, and programs behind it may think for longer, in ms. */
const responseTimeout = 5 * 60_000;
const keepAliveMs = 15_000;

type Passed = {
  readonly asker: Asker;
  readonly source: ClusterSource;
  readonly credential: Credential;
  readonly target: ApiTarget;
};

/**
 * `/api/clusters/{source}/…`: the whole Kubernetes API of a source with the person's own credential, for kubectl and everything
 * else that speaks it. Nothing a client says makes it somebody else; what it writes is in the audit log before it is done.
 */
export class PassThrough {
  private readonly parts: PassThroughParts;
  private readonly standing = new StandingStreams();
  private readonly open = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(parts: PassThroughParts) {
    this.parts = parts;
  }

  /** Answers a request whose target `isPassThrough`. Never rejects. */
  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.counted(async () => {
      try {
        const passed = await this.admit(request, false);
        if ("code" in passed) return answer(response, passed);
        await this.within(passed, (signal) => this.passOn(request, response, passed, signal), response);
      } catch (thrown) {
        if (response.headersSent) response.destroy();
        else answer(response, told(thrown));
      }
    });
  }

  /** The same for exec, attach, port-forward and whatever else leaves HTTP. Never rejects. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    await this.counted(async () => {
      socket.on("error", () => socket.destroy());
      try {
        const passed = await this.admit(request, true);
        if ("code" in passed) return refuse(socket, passed);
        await this.within(passed, (signal) => this.tunnel(request, socket, head, passed, signal), socket);
      } catch (thrown) {
        refuse(socket, told(thrown));
      }
    });
  }

  /** Ends everything that is open, and waits until what it came to is written down. */
  async close(): Promise<void> {
    this.standing.close();
    await Promise.all(this.underWay);
  }

  private async admit(request: IncomingMessage, upgrade: boolean): Promise<Passed | KubeStatus> {
    const refusal = checkRequest(request, this.parts.rules, { upgrade, methods });
    if (refusal) return { code: refusal.status, message: refusal.why };
    const target = apiTarget(request.url ?? "");
    if ("code" in target) return target;
    if (upgrade && hasBody(request)) return { code: 400, message: "An upgrade has no body." };
    const asker = await identify(request, this.parts.find);
    if ("code" in asker) return asker;
    const source = this.parts.source(target.source);
    const credential = asker.person.credential(target.source);
    // Whether there is a cluster that somebody has nothing for is none of their business.
    if (!source || !credential)
      return { code: 404, message: `There is no cluster "${target.source.slice(0, 100)}" for you here.` };
    return { asker, source, credential, target };
  }

  /** Does it as long as the client is there and may be: the signal ends what is asked of the API server. */
  private async within(
    { asker, source, credential }: Passed,
    act: (signal: AbortSignal) => Promise<void>,
    client: ServerResponse | Duplex,
  ): Promise<void> {
    const { id } = asker.person;
    const held = this.open.get(id) ?? 0;
    if (held >= maxOpen) throw new StowageError("too-many", `more than ${maxOpen} requests of yours are open`);
    this.open.set(id, held + 1);
    const ended = new AbortController();
    const end = () => ended.abort(new StowageError("signed-out", "the session or the token is no longer valid"));
    const onClose = () => ended.abort(new StowageError("source-unreachable", "the client went away"));
    client.once("close", onClose);
    if (client.destroyed) onClose();
    const { headers, byCookie } = asker;
    const session = byCookie ? async () => (await this.parts.find(headers))?.id === id : null;
    const leave = this.standing.add({ source, credential, session, end });
    try {
      await act(ended.signal);
    } finally {
      leave();
      client.off("close", onClose);
      const left = (this.open.get(id) ?? 1) - 1;
      if (left > 0) this.open.set(id, left);
      else this.open.delete(id);
    }
  }

  private async passOn(
    request: IncomingMessage,
    response: ServerResponse,
    { asker, source, credential, target }: Passed,
    signal: AbortSignal,
  ): Promise<void> {
    const method = request.method ?? "GET";
    const contentType = request.headers["content-type"] ?? "";
    const first = apiAct(method, target, { contentType, body: undefined, isUpgrade: false });
    const sent = hasBody(request);
    const body = sent ? (first.isProxy ? proxiedBody(request) : await objectBody(request)) : undefined;
    const act =
      body instanceof Buffer && !first.isProxy
        ? apiAct(method, target, { contentType, body: jsonOf(body, contentType), isUpgrade: false })
        : first;
    const ending = await this.begin(asker, act.intent);
    let upstream: KubeResponse;
    try {
      upstream = await source.transport.request({
        method,
        path: target.path,
        headers: requestHeaders(request.headers, false),
        ...(body === undefined ? {} : { body }),
        agent: agentOf(request.headers),
        credential,
        signal,
        responseTimeout,
      });
    } catch (thrown) {
      await ending("failed", thrown instanceof Error ? thrown.message : String(thrown));
      throw thrown;
    }
    const { chunks, whole, text } = act.intent && upstream.status >= 400 ? await beginningOf(upstream.body) : nothing;
    await ending(outcomeOf(upstream.status), failureOf(upstream.status, text), factsOf(upstream));
    const headers = responseHeaders(upstream.headers, baseOf(target));
    response.writeHead(upstream.status, headers);
    // A watch or a log that is silent at first is nevertheless open.
    response.flushHeaders();
    for (const chunk of chunks) response.write(chunk);
    if (whole) {
      response.end();
      return;
    }
    await pipeline(upstream.body, response);
  }

  private async tunnel(
    request: IncomingMessage,
    client: Duplex,
    head: Buffer,
    { asker, source, credential, target }: Passed,
    signal: AbortSignal,
  ): Promise<void> {
    const method = request.method ?? "GET";
    const { intent } = apiAct(method, target, { contentType: "", body: undefined, isUpgrade: true });
    const ending = await this.begin(asker, intent);
    const began = performance.now();
    let opened: KubeTunnel;
    try {
      opened = await source.transport.openTunnel({
        method,
        path: target.path,
        headers: requestHeaders(request.headers, true),
        protocol: request.headers.upgrade ?? "",
        agent: agentOf(request.headers),
        credential,
        signal,
        responseTimeout,
      });
    } catch (thrown) {
      await ending("failed", thrown instanceof Error ? thrown.message : String(thrown));
      throw thrown;
    }
    if (opened.type === "answer") {
      const { status, headers, body } = opened.answer;
      const { chunks, text } = await beginningOf(body);
      body.destroy();
      await ending(outcomeOf(status), failureOf(status, text), factsOf(opened.answer));
      const { "content-length": _, ...rest } = responseHeaders(headers, baseOf(target));
      const told = Buffer.concat(chunks);
      client.write(headOf(status, { ...rest, connection: "close", "content-length": String(told.length) }));
      client.end(told);
      return;
    }
    const { socket } = opened;
    const { "content-security-policy": _, "cache-control": __, ...back } = responseHeaders(opened.headers, "");
    client.write(headOf(101, { ...back, connection: "Upgrade", upgrade: opened.headers["upgrade"] ?? "" }));
    if (opened.head.length > 0) client.write(opened.head);
    if (head.length > 0) socket.write(head);
    await joined(client, socket, signal);
    const seconds = Math.round((performance.now() - began) / 1000);
    await ending("done", null, { status: 101, seconds });
  }

  /** Writes the intent, if there is one, and gives what writes how it ended. */
  private async begin(
    { person }: Asker,
    intent: Intent | null,
  ): Promise<(outcome: Outcome, error: string | null, facts?: Record<string, unknown>) => Promise<void>> {
    if (intent === null) return async () => {};
    const id = await this.parts.audit.begin(person, intent);
    return async (outcome, error, facts = {}) => {
      await this.parts.audit.end(id, outcome, error, { ...intent.detail, ...facts });
    };
  }

  private async counted(work: () => Promise<void>): Promise<void> {
    const promise = work();
    this.underWay.add(promise);
    try {
      await promise;
    } finally {
      this.underWay.delete(promise);
    }
  }
}

const nothing = { chunks: [], whole: false, text: "" };

/** Both ways until either side is gone. */
function joined(client: Duplex, upstream: Duplex, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      client.destroy();
      upstream.destroy();
      signal.removeEventListener("abort", end);
      resolve();
    };
    // What one side said last is still delivered to the other.
    upstream.once("close", () => (client.writableLength > 0 ? client.end(end) : end()));
    client.once("close", end);
    client.on("error", end);
    upstream.on("error", end);
    signal.addEventListener("abort", end, { once: true });
    if ("setKeepAlive" in client && typeof client.setKeepAlive === "function") client.setKeepAlive(true, keepAliveMs);
    client.pipe(upstream);
    upstream.pipe(client);
  });
}

function outcomeOf(status: number): Outcome {
  return status < 400 ? "done" : status === 401 || status === 403 ? "refused" : "failed";
}

function failureOf(status: number, text: string): string | null {
  if (status < 400) return null;
  const message = messageOf(text);
  return message === "" ? `HTTP ${status}` : `HTTP ${status}: ${message}`;
}

/** What is known of an answer: its status, and by which name the API server's own audit log has it. */
function factsOf({ status, headers }: Pick<KubeResponse, "status" | "headers">): Record<string, unknown> {
  const auditId = headers["audit-id"];
  return { status, ...(auditId === undefined ? {} : { auditId }) };
}

function baseOf(target: ApiTarget): string {
  return `/api/clusters/${encodeURIComponent(target.source)}`;
}

function told(thrown: unknown): KubeStatus {
  if (!isStowageError(thrown)) log.error("pass-through.failed", { message: String(thrown) });
  return statusOf(thrown);
}

function answer(response: ServerResponse, status: KubeStatus): void {
  if (response.destroyed) return;
  // What was not read of the request is not waited for.
  response.writeHead(status.code, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(status.code === 429 ? { "retry-after": "1" } : {}),
    ...(response.req.complete ? {} : { connection: "close" }),
  });
  response.end(response.req.method === "HEAD" ? undefined : statusText(status));
}

function refuse(socket: Duplex, status: KubeStatus): void {
  const body = statusText(status);
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  if (socket.destroyed) return;
  socket.end(`${headOf(status.code, { ...headers, connection: "close" })}${body}`);
}

function headOf(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, " ")}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
}
