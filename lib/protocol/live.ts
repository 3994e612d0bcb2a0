import { z } from "zod";

import type { WireError } from "./error.ts";
import type { ObjectAnswer } from "./object.ts";
import type { Overview } from "./overview.ts";
import type { Patch, Snapshot } from "./query.ts";
import { maxWindow, querySchema } from "./query.ts";

/** The most bytes a browser may send in one message. */
export const maxClientMessage = 16 * 1024;

const id = z
  .int()
  .min(0)
  .max(2 ** 31);
const slug = z.string().min(1).max(253);
const path = z.string().min(1).max(1024);

const terminalSize = { cols: z.int().min(2).max(1000), rows: z.int().min(1).max(1000) };

/** What a tab says on `/api/live`. `id` is chosen by the tab and names a subscription until `stop`. */
export const clientMessageSchema = z.discriminatedUnion("t", [
  z.object({ t: z.literal("rows"), id, query: querySchema, resume: z.string().max(64).optional() }),
  z.object({ t: z.literal("window"), id, start: z.int().min(0), count: z.int().min(0).max(maxWindow) }),
  /** `brief` leaves problems and capacity empty: the frame of a page shows neither, and both are worked out of every pod. */
  z.object({ t: z.literal("overview"), id, in: z.array(slug).max(64), brief: z.boolean().optional() }),
  z.object({ t: z.literal("object"), id, kind: slug, source: slug, path, version: z.string().max(64).optional() }),
  z.object({
    t: z.literal("logs"),
    id,
    source: slug,
    /** Both empty for a container of an engine. */
    namespace: z.string().max(253),
    pod: z.string().max(253),
    container: slug,
    follow: z.boolean(),
    previous: z.boolean(),
    /** Lines from the end to begin with; null is everything there is. */
    tail: z.int().min(0).max(1_000_000).nullable(),
    /** Lines from this moment on (RFC 3339): where a log goes on after the socket was lost. */
    since: z.iso.datetime().optional(),
  }),
  /**
   * A terminal in a container, or with `resume` the one that was left: a shell is started by the first. `from` is the place in its
   * output to go on at, 0 for all that is kept.
   */
  z.object({
    t: z.literal("terminal"),
    id,
    source: slug,
    /** Both empty for a container of an engine. */
    namespace: z.string().max(253),
    pod: z.string().max(253),
    container: slug,
    ...terminalSize,
    resume: z.object({ token: z.string().min(1).max(64), from: z.int().min(0) }).optional(),
  }),
  /** What was typed or pasted, as base64, beginning `at` so many bytes after the first: what came twice is taken once. */
  z.object({ t: z.literal("input"), id, at: z.int().min(0), data: z.base64().max(12 * 1024) }),
  z.object({ t: z.literal("resize"), id, ...terminalSize }),
  /** Output has been drawn up to here. At most `terminalWindow` bytes are said beyond it. */
  z.object({ t: z.literal("seen"), id, at: z.int().min(0) }),
  /** Ends the shell. `stop` only leaves it: it waits a minute for whoever has its token. */
  z.object({ t: z.literal("hang-up"), id }),
  z.object({ t: z.literal("stop"), id }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** What is said to a subscription that runs. */
export type TerminalMessage = Extract<ClientMessage, { t: "input" | "resize" | "seen" | "hang-up" }>;
/** What begins a subscription. */
export type OpeningMessage = Exclude<ClientMessage, TerminalMessage | { t: "window" | "stop" }>;

/**
 * A terminal that is there. `token` leads back to it. Output comes from `from` on (what was before is no longer kept), and up to
 * `seen` it was drawn before: its questions have been answered. `input` is how many bytes of input it has had.
 */
export type TerminalOpened = { token: string; shell: string; from: number; seen: number; input: number };

/**
 * What the server says. `hello` comes first, once. A `logs` line is `timestamp text` as the API server prints it with
 * `timestamps=true`; `done` ends a subscription without an error, `error` ends it with one.
 */
export type ServerMessage =
  | { t: "hello"; boot: string; now: number }
  | ({ t: "snapshot"; id: number } & Snapshot)
  | ({ t: "patch"; id: number } & Patch)
  | ({ t: "overview"; id: number } & Overview)
  | ({ t: "object"; id: number } & ObjectAnswer)
  | { t: "logs"; id: number; lines: string[] }
  | ({ t: "opened"; id: number } & TerminalOpened)
  /** Travels as a binary frame: lib/shared/terminal-frame.ts. */
  | { t: "output"; id: number; at: number; data: Uint8Array }
  /** Input has reached the container's connection up to here; at most `terminalWindow` bytes may be sent beyond it. */
  | { t: "taken"; id: number; at: number }
  /** The shell ended with this code, or went on in another tab (null). `done` follows. */
  | { t: "exit"; id: number; code: number | null }
  | { t: "done"; id: number }
  | { t: "error"; id: number; error: WireError };
