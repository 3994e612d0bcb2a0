import type { Input } from "./input.ts";
import type { Machine } from "./machine.ts";

/** What a program is run with. */
export type Run = {
  machine: Machine;
  args: readonly string[];
  env: ReadonlyMap<string, string>;
  folder: string;
  input: Input;
  signal: AbortSignal;
  /** Of the terminal; null without one. */
  size: { columns: number; rows: number } | null;
  out: (text: string) => void;
  error: (text: string) => void;
  /** Waits so long, in ms; false when it was interrupted. */
  pause: (ms: number) => Promise<boolean>;
};

/** A program: its exit code, at once or later. */
export type Program = (run: Run) => number | Promise<number>;
