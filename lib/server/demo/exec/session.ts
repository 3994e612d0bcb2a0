import type { Terminal } from "../api/backend.ts";
import { Input } from "./input.ts";
import type { Machine } from "./machine.ts";

/** What the programs of one exec share: the container, the terminal, what is typed, and who is in front. */
export class Session {
  readonly machine: Machine;
  readonly terminal: Terminal;
  readonly input = new Input();
  size: { columns: number; rows: number } | null;
  private front = new AbortController();
  private closed = false;

  constructor(machine: Machine, terminal: Terminal) {
    this.machine = machine;
    this.terminal = terminal;
    this.size = terminal.tty ? { columns: 80, rows: 24 } : null;
  }

  /** Is called off by Ctrl-C and by the end of the connection; a new one after each. */
  get signal(): AbortSignal {
    if (this.front.signal.aborted && !this.closed) this.front = new AbortController();
    return this.front.signal;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  interrupt(): void {
    this.input.clear();
    this.front.abort();
  }

  close(): void {
    this.closed = true;
    this.front.abort();
  }

  async pause(ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(true), Math.min(ms, 86_400_000));
    signal.addEventListener("abort", () => resolve(false), { once: true });
    const whole = await promise;
    clearTimeout(timer);
    return whole;
  }
}
