import { createGunzip } from "node:zlib";
import type { Socket } from "node:net";
import { pipeline, Readable } from "node:stream";
import type { WebSocket } from "ws";
import type { Credential } from "../../access/person.ts";
import { isStowageError, StowageError } from "../../error.ts";
import { Channel } from "./channel.ts";
import type { ClientCertificate } from "./client-certificate.ts";
import type { ServerTrust } from "./dial.ts";
import { dial } from "./dial.ts";
import type { Outgoing } from "./http-message.ts";
import { unlessAborted } from "./http-message.ts";
import { isKubeError } from "./kube-error.ts";
import { openTunnel } from "./open-tunnel.ts";
import { openWebSocket } from "./open-web-socket.ts";
import type { Route } from "./proxy.ts";
import type { Reader } from "./reader.ts";
import { checkedHeaders, checkedPath, checkedToken } from "./request-check.ts";
import type { Timings } from "./timings.ts";
import type {
  KubeRequest,
  KubeResponse,
  KubeSocketRequest,
  KubeTunnel,
  KubeTunnelRequest,
  Transport,
} from "./transport.ts";
import { withoutSecrets } from "./without-secrets.ts";

export type TransportOptions = {
  /** `https:` or `http:`; a path in it is put before every request's. */
  readonly server: URL;
  /** Decided for each connection; throws a TypeError where the configured proxy is none. */
  readonly route: () => Route;
  readonly trust: ServerTrust;
  readonly reader: Reader;
  readonly userAgent: string;
  /** Whether credentials may travel unencrypted; kubectl never lets them, a demo on loopback must. */
  readonly credentialsOverHttp: boolean;
  readonly timings: Timings;
};

export function openTransport(options: TransportOptions): Transport {
  const { server, reader, timings } = options;
  const lost = new Set<(error: Error) => void>();
  // People's streams have connections of their own: they can neither carry the reader's certificate nor crowd out its watches.
  const people = openChannel(null);
  let own: { certificate: ClientCertificate | null; channel: Channel } | null = null;
  const sockets = new Set<WebSocket>();
  const stopped = new AbortController();
  const plain = server.protocol === "http:" && !options.credentialsOverHttp;

  function connect(
    certificate: ClientCertificate | null,
    protocols: readonly ("h2" | "http/1.1")[],
    signal: AbortSignal,
  ): Promise<Socket> {
    return dial({ server, route: options.route(), trust: options.trust, certificate, protocols }, signal);
  }

  function openChannel(certificate: ClientCertificate | null): Channel {
    return new Channel({
      server,
      openSocket: (protocols, signal) => connect(certificate, protocols, signal),
      timings,
      onLost: (error) => {
        for (const callback of lost) callback(error);
      },
    });
  }

  function channelOf(certificate: ClientCertificate | null): Channel {
    if (own === null || own.certificate?.id !== certificate?.id) {
      own?.channel.retire();
      own = { certificate, channel: openChannel(certificate) };
    }
    return own.channel;
  }

  function outgoing(request: KubeRequest, identity: Outgoing["headers"]): Outgoing {
    const body = typeof request.body === "string" ? Buffer.from(request.body) : (request.body ?? null);
    return {
      method: request.method,
      path: checkedPath(server, request.path),
      authority: server.host,
      headers: {
        accept: "application/json",
        ...checkedHeaders(request.headers ?? {}),
        ...(Buffer.isBuffer(body) ? { "content-length": String(body.length) } : {}),
        ...(request.gzip ? { "accept-encoding": "gzip" } : {}),
        ...identity,
        "user-agent": agentOf(request),
      },
      body,
      signal: request.signal ?? null,
      responseTimeout: request.responseTimeout ?? timings.response,
    };
  }

  async function requestAsReader(request: KubeRequest): Promise<KubeResponse> {
    const signal = request.signal ?? null;
    const identity = await unlessAborted(reader.current(), signal);
    const ask = ({ headers, certificate }: typeof identity) => {
      const { authorization: _, ...unencrypted } = headers;
      return channelOf(certificate).request(outgoing(request, plain ? unencrypted : headers));
    };
    const response = await ask(identity);
    if (response.status !== 401 || request.body instanceof Readable) return response;
    const fresh = await unlessAborted(reader.refresh(identity), signal);
    if (fresh === null) return response;
    response.body.on("error", () => {}).resume();
    return await ask(fresh);
  }

  function requestAsPerson(request: KubeRequest, token: string): Promise<KubeResponse> {
    return people.request(outgoing(request, personsHeaders(token)));
  }

  function personsHeaders(token: string): Outgoing["headers"] {
    if (plain) {
      throw new StowageError(
        "source-refused",
        "the server's address is plain http: a person's token is not sent over it",
      );
    }
    return { authorization: `Bearer ${checkedToken(token)}` };
  }

  async function openSocketAsReader(request: KubeSocketRequest): Promise<WebSocket> {
    const identity = await unlessAborted(reader.current(), request.signal ?? null);
    const ask = ({ headers, certificate }: typeof identity) => {
      const { authorization: _, ...unencrypted } = headers;
      return upgrade(request, plain ? unencrypted : headers, certificate);
    };
    try {
      return await ask(identity);
    } catch (error) {
      if (!isKubeError(error) || error.status !== 401) throw error;
      const fresh = await unlessAborted(reader.refresh(identity), request.signal ?? null);
      if (fresh === null) throw error;
      return await ask(fresh);
    }
  }

  function agentOf({ agent }: Pick<KubeRequest, "agent">): string {
    return agent === undefined ? options.userAgent : `${agent} ${options.userAgent}`;
  }

  async function openTunnelAsReader(request: KubeTunnelRequest): Promise<KubeTunnel> {
    const identity = await unlessAborted(reader.current(), request.signal ?? null);
    const ask = ({ headers, certificate }: typeof identity) => {
      const { authorization: _, ...unencrypted } = headers;
      return tunnel(request, plain ? unencrypted : headers, certificate);
    };
    const opened = await ask(identity);
    if (opened.type === "open" || opened.answer.status !== 401) return opened;
    const fresh = await unlessAborted(reader.refresh(identity), request.signal ?? null);
    if (fresh === null) return opened;
    opened.answer.body.resume();
    return await ask(fresh);
  }

  async function tunnel(
    request: KubeTunnelRequest,
    identity: Outgoing["headers"],
    certificate: ClientCertificate | null,
  ): Promise<KubeTunnel> {
    const path = checkedPath(server, request.path);
    const headers = { ...checkedHeaders(request.headers ?? {}), ...identity, "user-agent": agentOf(request) };
    const signal = AbortSignal.any([stopped.signal, ...(request.signal ? [request.signal] : [])]);
    const opening = AbortSignal.any([signal, AbortSignal.timeout(timings.connect)]);
    return await openTunnel({
      socket: await connect(certificate, ["http/1.1"], opening),
      method: request.method,
      path,
      authority: server.host,
      headers,
      protocol: request.protocol,
      signal,
      responseTimeout: request.responseTimeout ?? timings.response,
    });
  }

  /** On a connection of its own, with exactly the identity that is given: no other request shares it. */
  async function upgrade(
    request: KubeSocketRequest,
    identity: Outgoing["headers"],
    certificate: ClientCertificate | null,
  ): Promise<WebSocket> {
    const path = checkedPath(server, request.path);
    const signal = AbortSignal.any([stopped.signal, ...(request.signal ? [request.signal] : [])]);
    const socket = await connect(
      certificate,
      ["http/1.1"],
      AbortSignal.any([signal, AbortSignal.timeout(timings.connect)]),
    );
    const live = await openWebSocket({
      socket,
      path,
      authority: server.host,
      headers: { ...identity, "user-agent": options.userAgent },
      protocols: request.protocols,
      maxMessage: request.maxMessage,
      signal,
      timings,
    });
    sockets.add(live);
    live.once("close", () => sockets.delete(live));
    return live;
  }

  return {
    async request(request) {
      return await told(request.signal, async () => {
        const response = await send(request, request.credential);
        // Whoever asks for an encoding by themselves wants it as it comes.
        return request.headers?.["accept-encoding"] === undefined ? unpacked(response) : heard(response);
      });
    },
    async openTunnel(request) {
      const { credential } = request;
      return await told(request.signal, () =>
        credential.type === "reader"
          ? openTunnelAsReader(request)
          : tunnel(request, personsHeaders(credential.token), null),
      );
    },
    async openSocket(request) {
      const { credential } = request;
      return await told(request.signal, () =>
        credential.type === "reader"
          ? openSocketAsReader(request)
          : upgrade(request, personsHeaders(credential.token), null),
      );
    },
    onConnectionLost(callback) {
      lost.add(callback);
      return () => lost.delete(callback);
    },
    close() {
      stopped.abort(new StowageError("source-unreachable", "the source was closed"));
      for (const socket of sockets) socket.terminate();
      people.close();
      own?.channel.close();
    },
  };

  /** Does it unless all is over, and tells what went wrong in words of ours. */
  async function told<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    stopped.signal.throwIfAborted();
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw isStowageError(error) ? error : unreachable(error, timings);
    }
  }

  function send(request: KubeRequest, credential: Credential): Promise<KubeResponse> {
    switch (credential.type) {
      case "reader":
        return requestAsReader(request);
      case "token":
        return requestAsPerson(request, credential.token);
    }
  }
}

function unreachable(error: unknown, timings: Timings): StowageError {
  const text = error instanceof Error ? messageOf(error, timings) : String(error);
  return new StowageError("source-unreachable", withoutSecrets(text), { cause: error });
}

function messageOf(error: Error, timings: Timings): string {
  // A name with several addresses fails as one error that has no text of its own.
  if (error instanceof AggregateError && error.message === "") {
    return error.errors.map((each: Error) => each.message).join("; ");
  }
  if (error.name === "TimeoutError") return `no connection within ${timings.connect / 1000} s`;
  const code = "code" in error ? String(error.code) : "";
  return /CERT|SIGNATURE|ISSUER/.test(code)
    ? `the server's certificate is not trusted: ${error.message}`
    : error.message;
}

/** Whoever stops listening early must not end the process by an error that comes late. */
function heard(response: KubeResponse): KubeResponse {
  response.body.on("error", () => {});
  return response;
}

function unpacked(packed: KubeResponse): KubeResponse {
  const response = heard(packed);
  if (response.headers["content-encoding"] !== "gzip") return response;
  const { "content-encoding": _, "content-length": __, ...headers } = response.headers;
  const body: Readable = pipeline(response.body, createGunzip(), () => {});
  return { status: response.status, headers, body: body.on("error", () => {}) };
}
