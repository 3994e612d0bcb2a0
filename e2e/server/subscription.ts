import type { WireError } from "../../lib/protocol/error.ts";
import type { ServerMessage } from "../../lib/protocol/live.ts";
import type { LiveSocket } from "./live-socket.ts";

export type Heard = Exclude<ServerMessage, { t: "hello" }>;

/** One subscription of a socket: what it heard, and waiting for what it shall hear. */
export class Subscription {
  readonly id: number;
  readonly heard: Heard[] = [];
  error: WireError | null = null;
  done = false;
  protected readonly socket: LiveSocket;
  private readonly waiting = new Set<() => void>();

  constructor(socket: LiveSocket, id: number) {
    this.socket = socket;
    this.id = id;
  }

  hear(message: Heard): void {
    this.heard.push(message);
    if (message.t === "error") this.error = message.error;
    if (message.t === "done") this.done = true;
    for (const look of this.waiting) look();
  }

  /** Waits until it is so, looking after each message, and gives the seconds that it took. Throws with `what` when it never is. */
  until(isSo: () => boolean, what: string, seconds = 10): Promise<number> {
    const began = performance.now();
    const taken = () => (performance.now() - began) / 1000;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        act();
      };
      const fail = (why: string) => {
        const last = JSON.stringify(this.heard.at(-1) ?? null).slice(0, 600);
        reject(new Error(`${why}: ${what}. The last of ${this.heard.length} messages: ${last}`));
      };
      const look = () => {
        if (isSo()) settle(() => resolve(taken()));
        else if (this.error) settle(() => fail("it ended before"));
      };
      const timer = setTimeout(() => settle(() => fail(`waited ${seconds} s in vain`)), seconds * 1000);
      this.waiting.add(look);
      look();
    });
  }

  /** Waits for the error that ends it. */
  async ended(seconds = 20): Promise<WireError> {
    await this.until(() => this.error !== null, "the subscription to end with an error", seconds);
    return this.error ?? { code: "internal" };
  }

  stop(): void {
    this.socket.send({ t: "stop", id: this.id });
  }
}
