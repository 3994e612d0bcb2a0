import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

import type { RequestHeaders } from "../../access/access-door.ts";
import type { Credential, Person } from "../../access/person.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { isStowageError, StowageError } from "../../error.ts";
import { log } from "../../log.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import { checkRequest } from "../request-check.ts";
import type { HostRules } from "../request-check.ts";
import { answerStatus, refuseUpgrade } from "./answer-status.ts";
import { apiTarget } from "./api-target.ts";
import { timesSent } from "./forwarded-headers.ts";
import { identify } from "./identify.ts";
import type { KubeStatus } from "./kube-status.ts";
import { statusOf } from "./kube-status.ts";
import { passRequest } from "./pass-request.ts";
import { passTunnel } from "./pass-tunnel.ts";
import type { Passed } from "./passed.ts";
import { hasBody } from "./request-body.ts";
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
/** What is open has this long to come to an end when the server stops, in ms. */
const closeMs = 5_000;

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
        const { audit } = this.parts;
        const passed = await this.admit(request, false);
        if ("code" in passed) return answerStatus(response, passed);
        await this.within(passed, (signal) => passRequest(request, response, passed, audit, signal), response);
      } catch (thrown) {
        if (response.headersSent) response.destroy();
        else answerStatus(response, told(thrown));
      }
    });
  }

  /** The same for exec, attach, port-forward and whatever else leaves HTTP. Never rejects. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    await this.counted(async () => {
      socket.on("error", () => socket.destroy());
      try {
        const { audit } = this.parts;
        const passed = await this.admit(request, true);
        if ("code" in passed) return refuseUpgrade(socket, passed);
        await this.within(passed, (signal) => passTunnel(request, socket, head, passed, audit, signal), socket);
      } catch (thrown) {
        refuseUpgrade(socket, told(thrown));
      }
    });
  }

  /** Ends everything that is open, and waits until what it came to is written down, but not for ever. */
  async close(): Promise<void> {
    this.standing.close();
    const late = AbortSignal.timeout(closeMs);
    await Promise.race([Promise.all(this.underWay), new Promise((resolve) => late.addEventListener("abort", resolve))]);
  }

  private async admit(request: IncomingMessage, upgrade: boolean): Promise<Passed | KubeStatus> {
    const refusal = checkRequest(request, this.parts.rules, { upgrade, methods });
    if (refusal) return { code: refusal.status, message: refusal.why };
    if (timesSent(request.rawHeaders, "host") > 1) return { code: 400, message: "There is more than one Host header." };
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
    const { account, session: opener } = asker.person;
    const held = this.open.get(account) ?? 0;
    if (held >= maxOpen) throw new StowageError("too-many", `more than ${maxOpen} requests of yours are open`);
    this.open.set(account, held + 1);
    const ended = new AbortController();
    const end = () => ended.abort(new StowageError("signed-out", "the session or the token is no longer valid"));
    const onClose = () => ended.abort(new StowageError("source-unreachable", "the client went away"));
    client.once("close", onClose);
    if (client.destroyed) onClose();
    const stands = async () => {
      const now = await this.parts.find(asker.headers);
      // Tokens of other clusters may come and go meanwhile.
      return (
        now?.account === account && now.session === opener && sameCredential(now.credential(source.slug), credential)
      );
    };
    const leave = this.standing.add({ source, credential, stands, end });
    try {
      await act(ended.signal);
    } finally {
      leave();
      client.off("close", onClose);
      const left = (this.open.get(account) ?? 1) - 1;
      if (left > 0) this.open.set(account, left);
      else this.open.delete(account);
    }
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

function sameCredential(a: Credential | null, b: Credential): boolean {
  if (a === null || a.type === "reader" || b.type === "reader") return a?.type === b.type;
  return a.token === b.token;
}

function told(thrown: unknown): KubeStatus {
  if (!isStowageError(thrown)) log.error("pass-through.failed", { message: String(thrown) });
  return statusOf(thrown);
}
