import type { WireError } from "../../protocol/error.ts";
import type { Person } from "../access/person.ts";

export type TerminalTarget = {
  readonly source: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
};

/** How a terminal ended: by its shell, or because Stowage, the person or the connection ended it. */
export type TerminalEnd =
  | { readonly type: "exit"; readonly code: number }
  | { readonly type: "hung-up" | "left" | "stopped" }
  | { readonly type: "failed"; readonly error: WireError };

/** What happened to a terminal, for the audit log. `terminal` names it in all of its events; it is not the token that leads to it. */
export type TerminalEvent = { readonly terminal: string; readonly person: Person; readonly target: TerminalTarget } &
  /** The cluster does not allow it. */
  (
    | { readonly type: "refused" }
    | { readonly type: "opening" }
    | { readonly type: "opened"; readonly shell: string }
    /** It was allowed and did not come to be. */
    | { readonly type: "not-opened"; readonly error: WireError }
    /** `received` and `said` are bytes of input and of output. */
    | {
        readonly type: "ended";
        readonly end: TerminalEnd;
        readonly seconds: number;
        readonly received: number;
        readonly said: number;
      }
  );

/**
 * Writes an event down. One that rejects `opening` keeps the terminal from being opened, with its error; what it throws later
 * changes nothing any more.
 */
export type TerminalAudit = (event: TerminalEvent) => Promise<void>;
