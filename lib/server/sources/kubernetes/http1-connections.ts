import type { AgentOptions, ClientRequest, ClientRequestArgs, IncomingMessage } from "node:http";
import { Agent, request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Readable } from "node:stream";
import { StowageError } from "../../error.ts";
import type { Connection, Outgoing } from "./http-message.ts";
import { abortWith, asError, flatHeaders, NotSent, sendStream } from "./http-message.ts";
import type { Timings } from "./timings.ts";
import type { KubeResponse } from "./transport.ts";

// Each watch and each followed log holds a socket of its own here.
const maxSockets = 200;
const maxHeaderSize = 64 * 1024;

/** Keep-alive connections for servers (and proxies before them) that do not speak HTTP/2. */
export class Http1Connections implements Connection {
  readonly #agent: Agent;

  /** `first` is a socket that is connected already and serves the first request. */
  constructor(
    openSocket: () => Promise<Socket>,
    first: Socket | null,
    timings: Timings,
    onLost: (error: Error) => void,
  ) {
    this.#agent = new DialingAgent(openSocket, first, onLost, {
      keepAlive: true,
      maxSockets,
      maxFreeSockets: 8,
      timeout: timings.idle,
    });
  }

  async send(request: Outgoing): Promise<KubeResponse> {
    if (request.signal?.aborted) throw request.signal.reason;
    const outgoing = httpRequest({
      agent: this.#agent,
      method: request.method,
      path: request.path,
      headers: { ...request.headers, host: request.authority } as Record<string, string | string[]>,
      maxHeaderSize,
      setDefaultHeaders: true,
    });
    if (request.body instanceof Readable) sendStream(request.body, outgoing);
    else outgoing.end(request.body ?? undefined);
    const message = await headOf(outgoing, request);
    // `timeout` of the agent is for idle sockets; a stream may be silent for long.
    message.socket.setTimeout(0);
    abortWith(message, request.signal);
    return { status: message.statusCode ?? 0, headers: flatHeaders(message.headers), body: message };
  }

  close(): void {
    this.#agent.destroy();
  }
}

class DialingAgent extends Agent {
  readonly #openSocket: () => Promise<Socket>;
  readonly #onLost: (error: Error) => void;
  #first: Socket | null;

  constructor(
    openSocket: () => Promise<Socket>,
    first: Socket | null,
    onLost: (error: Error) => void,
    options: AgentOptions,
  ) {
    super(options);
    this.#openSocket = openSocket;
    this.#onLost = onLost;
    this.#first = first;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const first = this.#first;
    this.#first = null;
    if (first !== null && !first.destroyed) return this.#watched(first);
    this.#openSocket().then(
      (socket) => callback?.(null, this.#watched(socket)),
      (error: unknown) => callback?.(asError(error), undefined as unknown as Duplex),
    );
    return undefined;
  }

  #watched(socket: Socket): Socket {
    socket.once("error", this.#onLost);
    return socket;
  }

  override destroy(): void {
    this.#first?.destroy();
    super.destroy();
  }
}

function headOf(outgoing: ClientRequest, request: Outgoing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    const onAbort = () => outgoing.destroy(asError(signal?.reason));
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const timer = setTimeout(() => {
      outgoing.destroy(new StowageError("source-unreachable", `no answer within ${request.responseTimeout / 1000} s`));
    }, request.responseTimeout);
    signal?.addEventListener("abort", onAbort, { once: true });
    outgoing.once("response", (message) => settle(() => resolve(message)));
    outgoing.on("error", (error) => {
      // A kept-alive socket that the server had closed meanwhile: the request met nobody.
      const unsent =
        request.method === "GET" && outgoing.reusedSocket && "code" in error && error.code === "ECONNRESET";
      settle(() => reject(unsent ? new NotSent({ cause: error }) : error));
    });
  });
}
