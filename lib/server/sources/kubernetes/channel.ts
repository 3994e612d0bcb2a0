import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { TLSSocket } from "node:tls";
import { StowageError } from "../../error.ts";
import { Http1Connections } from "./http1-connections.ts";
import { Http2Connection, maxStreams } from "./http2-connection.ts";
import type { Connection, Outgoing } from "./http-message.ts";
import { NotSent, unlessAborted } from "./http-message.ts";
import type { Timings } from "./timings.ts";
import type { KubeResponse } from "./transport.ts";

/** 800 streams at a time are more than a dashboard has a use for. */
const maxSessions = 8;
/** With those that only finish what they have: a server that balances its load says GOAWAY often. */
const maxWithRetired = 32;

export type ChannelOptions = {
  readonly server: URL;
  /** Connects, and offers these protocols by ALPN. */
  readonly openSocket: (protocols: readonly ("h2" | "http/1.1")[], signal: AbortSignal) => Promise<Socket>;
  readonly timings: Timings;
  readonly onLost: (error: Error) => void;
};

/** A session being opened or open, and the streams that are promised on it. */
type Slot = {
  opening: Promise<Connection>;
  session: Http2Connection | null;
  taken: number;
  ended: boolean;
  idle: NodeJS.Timeout | null;
};

/**
 * The connections to one server under one TLS identity: HTTP/2 sessions, one more for each hundred streams, or HTTP/1.1 where the
 * server speaks nothing else.
 */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #closed = new AbortController();
  #slots: Slot[] = [];
  #http1: Http1Connections | null = null;
  #http1Until = Infinity;
  #limit = maxStreams;

  constructor(options: ChannelOptions) {
    this.#options = options;
    if (options.server.protocol === "http:") this.#http1 = this.#overHttp1(null);
  }

  /** Sends; once more on another connection when this one surely did not take it. */
  async request(request: Outgoing): Promise<KubeResponse> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (!(error instanceof NotSent) || request.signal?.aborted || request.body instanceof Readable) throw error;
    }
    return await this.#send(request);
  }

  /** Open streams finish, idle connections end; for an identity that was replaced. */
  retire(): void {
    for (const slot of this.#slots) slot.session?.retire();
    if (this.#slots.length === 0) this.close();
  }

  close(): void {
    this.#closed.abort(new StowageError("source-unreachable", "the source was closed"));
    for (const slot of this.#slots) slot.session?.close();
    this.#http1?.close();
  }

  async #send(request: Outgoing): Promise<KubeResponse> {
    const { connection, release } = await this.#acquire(request.signal);
    try {
      const response = await connection.send(request);
      response.body.once("close", release);
      return response;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #acquire(signal: AbortSignal | null): Promise<{ connection: Connection; release: () => void }> {
    for (;;) {
      if (this.#closed.signal.aborted) throw this.#closed.signal.reason;
      if (this.#http1 !== null && performance.now() < this.#http1Until)
        return { connection: this.#http1, release: () => {} };
      const slot = this.#slots.find((each) => hasRoom(each, this.#limit)) ?? this.#open();
      slot.taken += 1;
      if (slot.idle !== null) clearTimeout(slot.idle);
      const release = () => this.#release(slot);
      try {
        await unlessAborted(slot.opening, signal);
        const { session } = slot;
        // Whoever waited finds out only now how many streams the server takes.
        if (session?.usable && slot.taken <= session.limit) return { connection: session, release };
      } catch (error) {
        release();
        throw error;
      }
      release();
    }
  }

  #release(slot: Slot): void {
    slot.taken -= 1;
    this.#rest(slot);
  }

  #rest(slot: Slot): void {
    if (slot.taken > 0 || slot.session === null || slot.ended) return;
    slot.idle = setTimeout(() => slot.session?.retire(), this.#options.timings.idle);
  }

  #open(): Slot {
    const usable = this.#slots.filter(({ session }) => session === null || session.usable);
    if (usable.length >= maxSessions || this.#slots.length >= maxWithRetired) {
      throw new StowageError("busy", `more than ${maxSessions * this.#limit} streams are open to this server`);
    }
    const onSession = (session: Http2Connection) => {
      slot.session = session;
      // Nobody may be left who waited for it.
      this.#rest(slot);
    };
    const opening = this.#connect(onSession, (error) => this.#end(slot, error));
    const slot: Slot = { opening, session: null, taken: 0, ended: false, idle: null };
    slot.opening.catch(() => this.#end(slot, null));
    this.#slots.push(slot);
    return slot;
  }

  async #connect(
    onSession: (session: Http2Connection) => void,
    onEnd: (error: Error | null) => void,
  ): Promise<Connection> {
    const { openSocket, server, timings } = this.#options;
    const signal = AbortSignal.any([AbortSignal.timeout(timings.connect), this.#closed.signal]);
    const socket = await openSocket(["h2", "http/1.1"], signal);
    if ((socket as TLSSocket).alpnProtocol !== "h2") {
      this.#http1Until = performance.now() + timings.http1;
      onEnd(null);
      if (this.#http1 === null) return (this.#http1 = this.#overHttp1(socket));
      socket.destroy();
      return this.#http1;
    }
    const session = await Http2Connection.over(socket, server.host, timings, signal, onEnd);
    this.#limit = session.limit;
    onSession(session);
    return session;
  }

  #end(slot: Slot, error: Error | null): void {
    if (slot.ended) return;
    slot.ended = true;
    if (slot.idle !== null) clearTimeout(slot.idle);
    this.#slots = this.#slots.filter((each) => each !== slot);
    if (error !== null && !this.#closed.signal.aborted) this.#options.onLost(error);
  }

  #overHttp1(first: Socket | null): Http1Connections {
    const { openSocket, timings, onLost } = this.#options;
    const open = () =>
      openSocket(["http/1.1"], AbortSignal.any([AbortSignal.timeout(timings.connect), this.#closed.signal]));
    return new Http1Connections(open, first, timings, onLost);
  }
}

function hasRoom(slot: Slot, limit: number): boolean {
  return slot.session === null ? slot.taken < limit : slot.session.usable && slot.taken < slot.session.limit;
}
