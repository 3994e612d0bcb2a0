import type { ErrorCode } from "../../protocol/error.ts";
import { StowageError } from "../error.ts";

/** A cause of a Status: a field manager's conflict, a field that is invalid. */
export type Cause = { reason: string; message: string; field: string };

/** What an API server answered instead of doing it, with all that it said about why. */
export class ApiRefusal extends StowageError {
  readonly status: number;
  readonly causes: readonly Cause[];

  constructor(code: ErrorCode, detail: string | undefined, status: number, causes: readonly Cause[]) {
    super(code, detail);
    this.status = status;
    this.causes = causes;
  }
}

/** The causes in the text of a Status; none where it is none. */
export function causesIn(text: string): Cause[] {
  try {
    const { details } = JSON.parse(text) as { details?: { causes?: Partial<Cause>[] } };
    return (details?.causes ?? []).map(({ reason = "", message = "", field = "" }) => ({ reason, message, field }));
  } catch {
    return [];
  }
}
