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
    namespace: slug,
    pod: slug,
    container: slug,
    follow: z.boolean(),
    previous: z.boolean(),
    /** Lines from the end to begin with; null is everything there is. */
    tail: z.int().min(0).max(1_000_000).nullable(),
    /** Lines from this moment on (RFC 3339): where a log goes on after the socket was lost. */
    since: z.iso.datetime().optional(),
  }),
  z.object({ t: z.literal("stop"), id }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

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
  | { t: "done"; id: number }
  | { t: "error"; id: number; error: WireError };
