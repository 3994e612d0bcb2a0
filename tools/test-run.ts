import { addCounts, noTests, printCounts } from "./counts.ts";
import type { Counts } from "./counts.ts";

/**
 * What came of a phase. `problem` is why it failed beside its tests; `skipped` is what the machine lacks for its tests; `note` is
 * for the reader.
 */
export type Outcome = { counts?: Counts; problem?: string; skipped?: string; note?: string };

/** The phases of one `npm test`, their seconds, and the totals over all runners. */
export class TestRun {
  #totals = noTests;
  readonly #lines: string[] = [];
  readonly #strict: boolean;
  readonly #write: (text: string) => void;

  /** `strict`: a skip is a failure, because everything must be there. */
  constructor(strict: boolean, write: (text: string) => void) {
    this.#strict = strict;
    this.#write = write;
  }

  get failed(): boolean {
    return this.#totals.failed > 0;
  }

  /** Runs one phase and takes down what came of it. False when it failed. */
  async phase(name: string, work: () => Promise<Outcome>): Promise<boolean> {
    const began = Date.now();
    this.#write(`\n== ${name}\n`);
    const outcome = await work().catch((error: unknown): Outcome => ({ problem: String(error) }));
    const counts = this.#count(outcome);
    const ok = counts.failed === 0;
    const verdict = ok ? (outcome.skipped ? "skip  " : "ok    ") : "FAILED";
    const what = outcome.skipped ?? outcome.problem ?? outcome.note ?? tests(counts);
    const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(7);
    this.#lines.push(`${verdict} ${seconds} s  ${name.padEnd(16)} ${what}`.trimEnd());
    this.#totals = addCounts(this.#totals, counts);
    return ok;
  }

  /** The phases, one line each, and the totals alone on the last line. */
  report(): string {
    return `\n${this.#lines.join("\n")}\n\n${printCounts(this.#totals)}\n`;
  }

  #count({ counts = noTests, problem, skipped }: Outcome): Counts {
    const all = skipped ? addCounts(counts, { ...noTests, skipped: 1 }) : counts;
    const lacking = this.#strict ? all.skipped : 0;
    const failed = all.failed + lacking;
    // Something went wrong although no test says so: the totals must not read as a success.
    return { passed: all.passed, failed: problem && failed === 0 ? 1 : failed, skipped: all.skipped - lacking };
  }
}

function tests(counts: Counts): string {
  return counts.passed + counts.failed + counts.skipped > 0 ? printCounts(counts) : "";
}
