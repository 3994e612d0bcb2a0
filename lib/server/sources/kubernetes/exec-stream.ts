import type { RawData, WebSocket } from "ws";
import { StowageError } from "../../error.ts";
import { execEndOf } from "./exec-status.ts";
import type { ExecEnd } from "./exec-status.ts";
import type { Timings } from "./timings.ts";

/** The first byte of each message says which stream it belongs to. */
const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const;

/** The most bytes that go out in one message. */
const maxSent = 16 * 1024;
/** A Status is some hundred bytes; what is longer is cut. */
const maxStatus = 64 * 1024;
/** After the Status the server closes; one that does not is not waited for longer than this, in ms. */
const closeMs = 2_000;

export type ExecListener = {
  /** Bytes of stdout and stderr as they come. Not called while the stream is paused, but for what was on its way. */
  output(bytes: Buffer): void;
  /** Once, after the last output. */
  end(end: ExecEnd): void;
};

/**
 * A command that runs in a container, over the subprotocols `v5.channel.k8s.io` and `v4.channel.k8s.io`. Both directions have
 * backpressure: `write` resolves when the connection has taken it, `pause` leaves what comes in the connection.
 */
export class ExecStream {
  readonly #socket: WebSocket;
  readonly #timers: NodeJS.Timeout[] = [];
  #listener: ExecListener | null = null;
  #status = "";
  #end: ExecEnd | null = null;
  #told = false;
  #closed = false;
  #answered = true;
  #heardAt = performance.now();

  /** Takes over a socket that was opened paused. */
  constructor(socket: WebSocket, timings: Pick<Timings, "pingEvery" | "pingWithin">) {
    this.#socket = socket;
    socket.on("message", (data) => this.#hear(data));
    socket.on("error", (error) => this.#fail(error.message));
    socket.on("close", () => this.#tell());
    socket.on("pong", () => (this.#answered = true));
    this.#timers.push(setInterval(() => this.#ping(timings.pingWithin), timings.pingEvery).unref());
  }

  /** Output begins to come with this, and not before. */
  listen(listener: ExecListener): void {
    this.#listener = listener;
    if (this.#socket.readyState === this.#socket.CLOSED) this.#tell();
    else this.resume();
  }

  /** Hands bytes to the command's stdin, and resolves when the connection has taken them. Rejects when it is gone. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += maxSent) {
      await this.#send(channel.stdin, bytes.subarray(from, from + maxSent));
    }
  }

  resize(columns: number, rows: number): void {
    const size = Buffer.from(JSON.stringify({ Width: columns, Height: rows }));
    // A size that came too late for the command is no loss.
    this.#send(channel.resize, size).catch(() => undefined);
  }

  pause(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.pause();
  }

  resume(): void {
    if (!this.#socket.isPaused) return;
    // What lay in the connection meanwhile is read before a PING may count as unanswered.
    this.#heardAt = performance.now();
    this.#socket.resume();
  }

  /**
   * Ends the connection. A command with a terminal may run on: runtimes do not hang up. `end` is not called any more. What was
   * written before still goes out; a server that does not say goodbye is not waited for.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#told = true;
    this.#stop();
    this.#socket.resume();
    this.#socket.close(1000);
    setTimeout(() => this.#socket.terminate(), closeMs).unref();
  }

  #hear(data: RawData): void {
    if (this.#closed) return;
    this.#heardAt = performance.now();
    const message = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    // The API server opens each stream with an empty message.
    if (message.length < 2) return;
    const bytes = message.subarray(1);
    switch (message[0]) {
      case channel.stdout:
      case channel.stderr:
        this.#listener?.output(bytes);
        return;
      case channel.error:
        this.#hearStatus(bytes);
        return;
      default:
      // A stream of a later version: nothing of ours.
    }
  }

  #hearStatus(bytes: Buffer): void {
    const first = this.#status === "";
    if (this.#status.length < maxStatus) this.#status += bytes.toString("utf8");
    // Output may still be on its way behind it; the server closes when all is said.
    if (!first) return;
    this.#timers.push(setTimeout(() => this.#socket.terminate(), closeMs).unref());
  }

  #send(stream: number, bytes: Uint8Array): Promise<void> {
    const message = Buffer.allocUnsafe(bytes.length + 1);
    message[0] = stream;
    message.set(bytes, 1);
    return new Promise((resolve, reject) => {
      this.#socket.send(message, { binary: true }, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** A dead peer is noticed as on other connections; while nobody reads, no answer can be seen. */
  #ping(within: number): void {
    if (this.#socket.readyState !== this.#socket.OPEN || this.#socket.isPaused) return;
    if (!this.#answered && performance.now() - this.#heardAt > within) {
      this.#fail(`the server did not answer a PING within ${within / 1000} s`);
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
  }

  #fail(message: string): void {
    this.#end ??= { type: "failed", error: new StowageError("source-unreachable", message) };
  }

  #tell(): void {
    this.#stop();
    if (this.#told || this.#listener === null) return;
    this.#told = true;
    if (this.#status !== "") this.#end = execEndOf(this.#status);
    else this.#fail("the connection to the command was cut");
    if (this.#end) this.#listener.end(this.#end);
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}
