import { createGunzip } from "node:zlib";
import { pipeline } from "node:stream";
import type { Readable } from "node:stream";
import type { Credential } from "../../access/person.ts";
import { isStowageError, StowageError } from "../../error.ts";
import { Channel } from "./channel.ts";
import type { ClientCertificate } from "./client-certificate.ts";
import type { ServerTrust } from "./dial.ts";
import { dial } from "./dial.ts";
import type { Outgoing } from "./http-message.ts";
import { unlessAborted } from "./http-message.ts";
import type { Route } from "./proxy.ts";
import type { Reader } from "./reader.ts";
import { checkedHeaders, checkedPath, checkedToken } from "./request-check.ts";
import type { Timings } from "./timings.ts";
import type { KubeRequest, KubeResponse, Transport } from "./transport.ts";
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
  let closed = false;
  const plain = server.protocol === "http:" && !options.credentialsOverHttp;

  function openChannel(certificate: ClientCertificate | null): Channel {
    return new Channel({
      server,
      openSocket: (protocols, signal) =>
        dial({ server, route: options.route(), trust: options.trust, certificate, protocols }, signal),
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
    const body = request.body === undefined ? null : Buffer.from(request.body);
    return {
      method: request.method,
      path: checkedPath(server, request.path),
      authority: server.host,
      headers: {
        accept: "application/json",
        ...checkedHeaders(request.headers ?? {}),
        ...(body === null ? {} : { "content-length": String(body.length) }),
        ...(request.gzip ? { "accept-encoding": "gzip" } : {}),
        ...identity,
        "user-agent": options.userAgent,
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
    if (response.status !== 401) return response;
    const fresh = await unlessAborted(reader.refresh(identity), signal);
    if (fresh === null) return response;
    response.body.on("error", () => {}).resume();
    return await ask(fresh);
  }

  function requestAsPerson(request: KubeRequest, token: string): Promise<KubeResponse> {
    if (plain) {
      throw new StowageError(
        "source-refused",
        "the server's address is plain http: a person's token is not sent over it",
      );
    }
    return people.request(outgoing(request, { authorization: `Bearer ${checkedToken(token)}` }));
  }

  return {
    async request(request) {
      if (closed) throw new StowageError("source-unreachable", "the source was closed");
      request.signal?.throwIfAborted();
      try {
        return unpacked(await send(request, request.credential));
      } catch (error) {
        if (request.signal?.aborted) throw request.signal.reason;
        throw isStowageError(error) ? error : unreachable(error, timings);
      }
    },
    onConnectionLost(callback) {
      lost.add(callback);
      return () => lost.delete(callback);
    },
    close() {
      closed = true;
      people.close();
      own?.channel.close();
    },
  };

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

function unpacked(response: KubeResponse): KubeResponse {
  // Whoever stops listening early must not end the process by an error that comes late.
  response.body.on("error", () => {});
  if (response.headers["content-encoding"] !== "gzip") return response;
  const { "content-encoding": _, "content-length": __, ...headers } = response.headers;
  const body: Readable = pipeline(response.body, createGunzip(), () => {});
  return { status: response.status, headers, body: body.on("error", () => {}) };
}
