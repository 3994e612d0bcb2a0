import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import { connect, constants } from "node:http2";
import { once } from "node:events";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { StowageError } from "../../error.ts";
import type { Connection, Outgoing } from "./http-message.ts";
import { abortWith, asError, flatHeaders, NotSent, sendStream } from "./http-message.ts";
import type { Timings } from "./timings.ts";
import type { KubeResponse } from "./transport.ts";

// What the server may send ahead of us on one stream, and on all of them. On a line of 20 ms, 7.3 MB of pods took 5.4 s with
// the standard 64 KiB, 1.1 s with 1 MiB, 0.9 s with 2 MiB, and no less beyond. Also what a stream that nobody reads may hold.
const streamWindow = 2 * 1024 * 1024;
const sessionWindow = 16 * 1024 * 1024;
/** Streams on one session where the server says nothing, or more. */
export const maxStreams = 100;

/** One HTTP/2 session, asked by PING whether it lives. Calls `onEnd` once, with the error when it was lost. */
export class Http2Connection implements Connection {
  readonly #session: ClientHttp2Session;
  readonly #timings: Timings;
  readonly #streams = new Set<ClientHttp2Stream>();
  #lost: Error | null = null;
  #retired = false;

  private constructor(session: ClientHttp2Session, timings: Timings) {
    this.#session = session;
    this.#timings = timings;
  }

  /** Takes over a socket on which ALPN chose h2; resolves when the server has told its limits. */
  static async over(
    socket: Socket,
    authority: string,
    timings: Timings,
    signal: AbortSignal,
    onEnd: (error: Error | null) => void,
  ): Promise<Http2Connection> {
    const session = connect(`https://${authority}`, {
      createConnection: () => socket,
      settings: { initialWindowSize: streamWindow, enablePush: false },
      // Counted in MB. Node refuses new streams beyond it, and a hundred paused streams may hold their window each.
      maxSessionMemory: 512,
    });
    const connection = new Http2Connection(session, timings);
    const closed = new AbortController();
    // Before Node's own listener, which would end the open streams as if the server had.
    socket.prependListener("close", () => {
      const error = new StowageError("source-unreachable", "the connection was lost");
      if (connection.usable || connection.#streams.size > 0) connection.#lose(error);
      closed.abort(error);
    });
    session.on("error", (error) =>
      connection.#lose(new StowageError("source-unreachable", error.message, { cause: error })),
    );
    session.on("goaway", () => (connection.#retired = true));
    try {
      await once(session, "remoteSettings", { signal: AbortSignal.any([signal, closed.signal]) });
    } catch (error) {
      session.destroy();
      throw closed.signal.aborted ? closed.signal.reason : error;
    }
    session.setLocalWindowSize(sessionWindow);
    connection.#watchLife(onEnd);
    return connection;
  }

  get usable(): boolean {
    return !this.#retired && !this.#session.closed && !this.#session.destroyed;
  }

  /** Streams that the server takes at a time. */
  get limit(): number {
    return Math.min(this.#session.remoteSettings.maxConcurrentStreams ?? maxStreams, maxStreams);
  }

  async send(request: Outgoing): Promise<KubeResponse> {
    const stream = this.#open(request);
    this.#streams.add(stream);
    stream.once("close", () => this.#streams.delete(stream));
    abortWith(stream, request.signal);
    if (request.body instanceof Readable) sendStream(request.body, stream);
    else stream.end(request.body ?? undefined);
    const headers = await headOf(stream, request);
    return { status: Number(headers[":status"]), headers: flatHeaders(headers), body: stream };
  }

  /** Lets open streams finish and takes no more. */
  retire(): void {
    this.#retired = true;
    this.#session.close();
  }

  close(): void {
    this.#lose(new StowageError("source-unreachable", "the source was closed"));
  }

  #open(request: Outgoing): ClientHttp2Stream {
    const headers: Record<string, string | string[]> = {
      ":method": request.method,
      ":path": request.path,
      ":authority": request.authority,
    };
    for (const [name, value] of Object.entries(request.headers))
      headers[name] = typeof value === "string" ? value : [...value];
    try {
      return this.#session.request(headers, { endStream: request.body === null });
    } catch (error) {
      throw new NotSent({ cause: error });
    }
  }

  /** Errors every open stream: nothing that was cut may look as if it had ended. */
  #lose(error: Error): void {
    this.#lost ??= error;
    this.#retired = true;
    for (const stream of this.#streams) stream.destroy(this.#lost);
    this.#session.destroy();
  }

  #watchLife(onEnd: (error: Error | null) => void): void {
    const session = this.#session;
    const { pingEvery, pingWithin } = this.#timings;
    let deadline: NodeJS.Timeout | null = null;
    const answered = () => {
      if (deadline !== null) clearTimeout(deadline);
      deadline = null;
    };
    const overdue = () => {
      // A process that was busy may find the answer waiting: one turn of the loop reads it.
      setImmediate(() => {
        if (deadline === null || session.destroyed) return;
        this.#lose(
          new StowageError("source-unreachable", `the server did not answer a PING within ${pingWithin / 1000} s`),
        );
      });
    };
    const ask = () => {
      if (deadline !== null || session.destroyed) return;
      deadline = setTimeout(overdue, pingWithin);
      session.ping((error) => {
        if (error === null) answered();
      });
    };
    const timer = setInterval(ask, pingEvery);
    session.once("close", () => {
      clearInterval(timer);
      answered();
      onEnd(this.#lost);
    });
  }
}

function headOf(stream: ClientHttp2Stream, request: Outgoing): Promise<IncomingHttpHeaders & { ":status"?: number }> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      stream.off("response", onResponse).off("close", onClose);
      act();
    };
    const onResponse = (headers: IncomingHttpHeaders & { ":status"?: number }) => settle(() => resolve(headers));
    const onClose = () => settle(() => reject(failureOf(stream, failure)));
    let failure: Error | null = null;
    // Stays for the stream's life: an error after the head is the reader's, but must not end the process when nobody reads yet.
    stream.on("error", (error) => (failure = error));
    stream.once("response", onResponse).once("close", onClose);
    const timer = setTimeout(() => {
      stream.destroy(new StowageError("source-unreachable", `no answer within ${request.responseTimeout / 1000} s`));
    }, request.responseTimeout);
  });
}

function failureOf(stream: ClientHttp2Stream, failure: Error | null): Error {
  if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) return new NotSent({ cause: failure });
  return asError(failure ?? new StowageError("source-unreachable", "the server closed the stream without an answer"));
}
