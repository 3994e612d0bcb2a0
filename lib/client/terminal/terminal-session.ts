import type { WireError } from "../../protocol/error.ts";
import type { TerminalOpened } from "../../protocol/live.ts";
import type { Answer, LiveStream, Opening, Subscription } from "../stream/live-stream.ts";
import { TypedInput } from "./typed-input.ts";

export type TerminalTarget = {
  readonly source: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
};

/** What draws: xterm, or a test. */
export type Screen = {
  /** Draws bytes behind those before, and calls back when it has. */
  write(bytes: Uint8Array, drawn: () => void): void;
  /** What is written next begins on an empty screen. */
  reset(): void;
  readonly cols: number;
  readonly rows: number;
};

/** Where the token of a terminal that was left is kept: as long as the tab lives, also over a reload. */
export type TokenMemory = { read(): string | null; keep(token: string): void; forget(): void };

/** `moved`: it went on in another tab. `gone`: what was to be gone on with is no longer there. */
export type TerminalPhase = "opening" | "open" | "ended" | "moved" | "gone" | "failed" | "closed";

export type TerminalView = {
  readonly phase: TerminalPhase;
  readonly shell: string | null;
  /** The shell's exit code. */
  readonly code: number | null;
  readonly error: WireError | null;
  /** Bytes of a paste that the container has not taken yet. */
  readonly waiting: number;
  /** Output was left out: more came than is kept while nobody looked. */
  readonly cut: boolean;
};

/** The most that may be pasted before the container has taken it, in bytes. */
const maxTyped = 8 * 1024 * 1024;
/** What was drawn is told after this many bytes, or this many ms. */
const seenBytes = 32 * 1024;
const seenMs = 150;

/** One terminal as a page has it: draws what comes, sends what is typed, goes on after a lost connection or a reload. */
export class TerminalSession {
  readonly #stream: LiveStream;
  readonly #target: TerminalTarget;
  readonly #screen: Screen;
  readonly #memory: TokenMemory;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #listeners = new Set<() => void>();
  readonly #typed = new TypedInput(maxTyped);
  #subscription: Subscription | null = null;
  #token: string | null = null;
  /** Places in the output: heard, drawn, told as drawn, and up to where the questions in it were answered before. */
  #heard = 0;
  #drawn = 0;
  #told = 0;
  #answered = 0;
  #cancelTell: (() => void) | null = null;
  #view: TerminalView = { phase: "opening", shell: null, code: null, error: null, waiting: 0, cut: false };

  constructor(
    stream: LiveStream,
    target: TerminalTarget,
    screen: Screen,
    memory: TokenMemory,
    after: (ms: number, run: () => void) => () => void,
  ) {
    this.#stream = stream;
    this.#target = target;
    this.#screen = screen;
    this.#memory = memory;
    this.#after = after;
  }

  /** Goes on with the terminal that the tab remembers, or opens one. */
  start(): void {
    this.#token = this.#memory.read();
    this.#subscription = this.#stream.open(
      this.#opening(),
      (answer) => this.#hear(answer),
      () => this.#opening(),
    );
  }

  view(): TerminalView {
    return this.#view;
  }

  watch(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** What was typed or pasted, and what the screen answers to a program's questions. False when it is too much at once. */
  type(bytes: Uint8Array): boolean {
    const { phase } = this.#view;
    if (phase !== "open" && phase !== "opening") return true;
    // Questions in what is drawn again were answered the first time.
    if (this.#drawn < this.#answered) return true;
    if (!this.#typed.add(bytes)) return false;
    this.#send();
    return true;
  }

  resize(cols: number, rows: number): void {
    if (this.#view.phase === "open") this.#subscription?.send({ t: "resize", cols, rows });
  }

  /** Ends the shell. */
  hangUp(): void {
    this.#subscription?.send({ t: "hang-up" });
    this.#finish("closed");
  }

  /** The page goes; the terminal waits for a minute. */
  leave(): void {
    this.#cancelTell?.();
    this.#tell();
    this.#subscription?.close();
    this.#subscription = null;
  }

  #opening(): Opening {
    const { cols, rows } = this.#screen;
    const resume = this.#token === null ? {} : { resume: { token: this.#token, from: this.#heard } };
    return { t: "terminal", ...this.#target, cols, rows, ...resume };
  }

  #hear(answer: Answer): void {
    switch (answer.t) {
      case "opened":
        this.#begin(answer);
        return;
      case "output":
        this.#draw(answer.at, answer.data);
        return;
      case "taken":
        this.#typed.taken(answer.at);
        this.#send();
        return;
      case "exit":
        this.#finish(answer.code === null ? "moved" : "ended", { code: answer.code });
        return;
      case "error":
        this.#finish(answer.error.code === "gone" ? "gone" : "failed", { error: answer.error });
        return;
      default:
      // Nothing else is said to a terminal.
    }
  }

  #begin({ token, shell, from, seen, input }: TerminalOpened): void {
    this.#token = token;
    this.#memory.keep(token);
    // What was left out cannot be drawn behind what is there: colours and the cursor would be wrong.
    const cut = this.#heard > 0 && from > this.#heard;
    if (from !== this.#heard) this.#screen.reset();
    if (from !== this.#heard || this.#drawn === 0) this.#answered = seen;
    this.#heard = from;
    this.#drawn = Math.max(this.#drawn, from);
    this.#told = from;
    this.#typed.goOn(input);
    this.#show({ phase: "open", shell, error: null, cut: this.#view.cut || cut });
    this.#send();
  }

  #draw(at: number, bytes: Uint8Array): void {
    if (at !== this.#heard) return;
    this.#heard += bytes.length;
    const end = this.#heard;
    this.#screen.write(bytes, () => {
      this.#drawn = Math.max(this.#drawn, end);
      if (this.#drawn - this.#told >= seenBytes) this.#tell();
      else
        this.#cancelTell ??= this.#after(seenMs, () => {
          this.#cancelTell = null;
          this.#tell();
        });
    });
  }

  #tell(): void {
    if (this.#drawn <= this.#told || this.#view.phase !== "open") return;
    this.#told = this.#drawn;
    this.#subscription?.send({ t: "seen", at: this.#drawn });
  }

  #send(): void {
    if (this.#view.phase === "open") {
      for (let part = this.#typed.next(); part; part = this.#typed.next()) {
        this.#subscription?.send({ t: "input", at: part.at, data: base64(part.bytes) });
      }
    }
    // A keystroke is not worth drawing the page for.
    const waiting = this.#typed.waiting > 4096 ? this.#typed.waiting : 0;
    if (waiting !== this.#view.waiting) this.#show({ waiting });
  }

  #finish(phase: TerminalPhase, more: Partial<TerminalView> = {}): void {
    this.#cancelTell?.();
    this.#cancelTell = null;
    // Whoever wants it back from the other tab needs the token.
    if (phase !== "moved") this.#memory.forget();
    this.#subscription?.close();
    this.#subscription = null;
    this.#show({ phase, waiting: 0, ...more });
  }

  #show(change: Partial<TerminalView>): void {
    this.#view = { ...this.#view, ...change };
    for (const changed of this.#listeners) changed();
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
