import type { ClientMessage, OpeningMessage, ServerMessage, TerminalMessage } from "../../protocol/live.ts";
import { decodeTerminalFrame } from "../../shared/terminal-frame.ts";
import { Backoff } from "../../shared/backoff.ts";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** A message that begins a subscription; the stream chooses its id. */
export type Opening = WithoutId<OpeningMessage>;

/** What may be said to a subscription that runs. */
export type Adjustment = WithoutId<TerminalMessage | Extract<ClientMessage, { t: "window" }>>;

/** What a subscription hears. */
export type Answer = Exclude<ServerMessage, { t: "hello" }>;

/** `since` is in seconds of the server's clock; for `lost` it is when the last word from the server came. */
export type Connection = { readonly state: "idle" | "connecting" | "open" | "lost"; readonly since: number };

export type Subscription = { send(adjustment: Adjustment): void; close(): void };

/** The part of a WebSocket that is used here. */
export type Socket = { send(data: string): void; close(): void };

/** What the stream needs from its surroundings; tests give their own. */
export type Surroundings = {
  connect(on: { message(data: unknown): void; close(): void }): Socket;
  /** Seconds of the server's clock as far as it is known. */
  now(): number;
  /** Hears the server's clock, in seconds. */
  setNow(seconds: number): void;
  after(ms: number, run: () => void): () => void;
  /** Whether the server answers at all. Never rejects. */
  alive(): Promise<boolean>;
  /** Whether the server still knows this person; true when nobody can say. Never rejects. */
  known(): Promise<boolean>;
  signedOut(): void;
  random(): number;
};

type Open = { opening: Opening; hear: (answer: Answer) => void; reopen: ((opening: Opening) => Opening) | undefined };

/** More than any page opens; beyond it something leaks. */
const maxSubscriptions = 128;
/** Silence proves nothing; after this many milliseconds the server is asked whether it is still there. */
const quietFor = 20_000;

/**
 * One WebSocket for all live data of a tab, opened on first use. While it is down nothing is queued: each subscription is kept as
 * the message that opens it, brought up to date by `send`, and is opened again (with no resume token) on the next connection.
 */
export class LiveStream {
  readonly #around: Surroundings;
  readonly #open = new Map<number, Open>();
  readonly #watchers = new Set<() => void>();
  readonly #backoff: Backoff;
  #socket: Socket | null = null;
  #ready = false;
  #heard = 0;
  #nextId = 1;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;
  #cancelQuiet: (() => void) | null = null;
  #connection: Connection = { state: "idle", since: 0 };

  constructor(around: Surroundings) {
    this.#around = around;
    this.#backoff = new Backoff({ first: 250, most: 10_000, random: () => around.random() });
  }

  /**
   * Begins a subscription. `hear` gets every answer until `close`, or until `done` or `error` has ended it. `reopen` may change the
   * opening message for a new connection (a log goes on where it was); without it the same is asked again.
   */
  open(opening: Opening, hear: (answer: Answer) => void, reopen?: (opening: Opening) => Opening): Subscription {
    const id = this.#nextId++;
    if (this.#open.size >= maxSubscriptions) {
      queueMicrotask(() => hear({ t: "error", id, error: { code: "too-many" } }));
      return { send: () => {}, close: () => {} };
    }
    this.#open.set(id, { opening, hear, reopen });
    if (this.#ready) this.#say({ ...opening, id });
    else this.#connect();
    return {
      send: (adjustment) => this.#adjust(id, adjustment),
      close: () => {
        if (this.#open.delete(id) && this.#ready) this.#say({ t: "stop", id });
      },
    };
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Calls back on every change of `connection`. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** The network or the page is back: tries at once instead of waiting, and doubts a connection that has been quiet. */
  wake(): void {
    if (this.#ready) {
      if (this.#around.now() - this.#heard > quietFor / 2000) void this.#askWhetherAlive();
    } else if (this.#cancelRetry) {
      this.#cancelRetry();
      this.#cancelRetry = null;
      this.#backoff.reset();
      this.#connect();
    }
  }

  /** The browser knows that there is no network: says so now, not when TCP finds out. */
  offline(): void {
    if (this.#socket) this.#lose(this.#socket);
  }

  #connect(): void {
    if (this.#socket || this.#cancelRetry) return;
    if (this.#connection.state === "idle") this.#become("connecting");
    const socket: Socket = this.#around.connect({
      message: (data) => this.#receive(socket, data),
      close: () => this.#lose(socket),
    });
    this.#socket = socket;
  }

  #receive(socket: Socket, data: unknown): void {
    if (socket !== this.#socket) return;
    this.#heard = this.#around.now();
    if (data instanceof ArrayBuffer) {
      const output = decodeTerminalFrame(data);
      if (output) this.#deliver({ t: "output", ...output });
      return;
    }
    if (typeof data !== "string") return;
    let message: ServerMessage;
    try {
      message = JSON.parse(data) as ServerMessage;
    } catch {
      // A cut frame: what follows cannot be trusted either.
      this.#lose(socket);
      return;
    }
    if (message.t === "hello") this.#greet(message.now);
    else this.#deliver(message);
  }

  #greet(now: number): void {
    this.#around.setNow(now);
    this.#heard = this.#around.now();
    this.#ready = true;
    this.#failures = 0;
    this.#backoff.reset();
    for (const [id, { opening }] of this.#open) this.#say({ ...opening, id });
    this.#watchForQuiet();
    this.#become("open");
  }

  #deliver(message: Answer): void {
    if (message.t === "error" && message.error.code === "signed-out") this.#around.signedOut();
    const open = this.#open.get(message.id);
    if (!open) return;
    if (message.t === "done" || message.t === "error") this.#open.delete(message.id);
    open.hear(message);
  }

  #adjust(id: number, adjustment: Adjustment): void {
    const open = this.#open.get(id);
    if (!open) return;
    if (open.opening.t === "rows" && adjustment.t === "window") {
      const { start, count } = adjustment;
      open.opening = { ...open.opening, query: { ...open.opening.query, start, count } };
    }
    if (this.#ready) this.#say({ ...adjustment, id });
  }

  #say(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #lose(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    socket.close();
    this.#cancelQuiet?.();
    this.#cancelQuiet = null;
    if (this.#ready) this.#prepareReopening();
    else this.#failures += 1;
    this.#ready = false;
    if (this.#connection.state !== "lost") this.#become("lost", this.#heard || this.#around.now());
    // A refused upgrade tells a browser nothing; an ordinary request tells whether the session has ended.
    if (this.#failures === 2) void this.#askWhetherKnown();
    this.#cancelRetry = this.#around.after(this.#backoff.next(), () => {
      this.#cancelRetry = null;
      this.#connect();
    });
  }

  #prepareReopening(): void {
    for (const open of this.#open.values()) {
      const next = open.reopen ? open.reopen(open.opening) : open.opening;
      open.opening = next.t === "rows" ? { ...next, resume: undefined } : next;
    }
  }

  #watchForQuiet(): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#around.after(quietFor, () => {
      if (this.#around.now() - this.#heard >= quietFor / 1000 - 1) void this.#askWhetherAlive();
      this.#watchForQuiet();
    });
  }

  async #askWhetherAlive(): Promise<void> {
    const socket = this.#socket;
    const asked = this.#heard;
    const alive = await this.#around.alive();
    if (!alive && socket && this.#heard === asked) this.#lose(socket);
  }

  async #askWhetherKnown(): Promise<void> {
    if (!(await this.#around.known())) this.#around.signedOut();
  }

  #become(state: Connection["state"], since = this.#around.now()): void {
    this.#connection = { state, since };
    for (const changed of this.#watchers) changed();
  }
}
