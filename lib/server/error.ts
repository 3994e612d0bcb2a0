import type { ErrorCode, WireError } from "../protocol/error.ts";

/**
 * An error that a person may read. `code` chooses the words; `detail` is plain text from outside (a source's message, a
 * parser's). Compare codes, never classes: two module graphs live in this process and `instanceof` is false across them.
 */
export class StowageError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.name = "StowageError";
    this.code = code;
    this.detail = detail;
  }
}

/** Longest `detail` that leaves the server. */
const maxDetail = 2000;

/** What may be told of any thrown value: our own errors as they are, everything else as `internal`, without its text. */
export function wireErrorOf(thrown: unknown): WireError {
  if (!isStowageError(thrown)) return { code: "internal" };
  return thrown.detail === undefined
    ? { code: thrown.code }
    : { code: thrown.code, detail: thrown.detail.slice(0, maxDetail) };
}

export function isStowageError(thrown: unknown): thrown is StowageError {
  return thrown instanceof Error && thrown.name === "StowageError";
}
