import type { KubeObject } from "../../protocol/object.ts";
import { StowageError } from "../error.ts";

export type WatchEvent =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: KubeObject; version: string }
  | { type: "BOOKMARK"; version: string; initialEventsEnd: boolean }
  | { type: "ERROR"; code: number; message: string };

type Parsed = { type?: unknown; object?: KubeObject & { code?: unknown; message?: unknown } } | null;

/**
 * Parses one line of a watch stream, mostly without `managedFields`. Throws `source-refused` for what no API server sends: a cut
 * or corrupted line.
 */
export function parseWatchEvent(line: Buffer): WatchEvent {
  const { type, object } = parse(line) ?? {};
  if (typeof object !== "object" || object === null)
    throw new StowageError("source-refused", "a watch event without an object");
  if (type === "ERROR") {
    return {
      type,
      code: typeof object.code === "number" ? object.code : 500,
      message: typeof object.message === "string" ? object.message : "",
    };
  }
  const version = object.metadata?.resourceVersion;
  if (typeof version !== "string") throw new StowageError("source-refused", "a watch event without a resourceVersion");
  if (type === "BOOKMARK") {
    return { type, version, initialEventsEnd: object.metadata?.annotations?.["k8s.io/initial-events-end"] === "true" };
  }
  if (type === "ADDED" || type === "MODIFIED" || type === "DELETED") return { type, object, version };
  throw new StowageError("source-refused", "a watch event of an unknown type");
}

const managedFields = Buffer.from(',"managedFields":[');
const closingBracket = 93;

/**
 * `managedFields` are two fifths of what a pod is sent as, and no row reads them: they are left out before the rest is parsed, up
 * to the first closing bracket, which is the list's own unless a name in them holds one. Then what remains has an odd number of
 * quotes or of brackets, so that it is no JSON, and the whole line is parsed.
 */
function parse(line: Buffer): Parsed {
  const start = line.indexOf(managedFields);
  const end = start < 0 ? -1 : line.indexOf(closingBracket, start + managedFields.length);
  if (end >= 0) {
    try {
      return JSON.parse(line.toString("utf8", 0, start) + line.toString("utf8", end + 1)) as Parsed;
    } catch {
      // The whole line will tell.
    }
  }
  try {
    return JSON.parse(line.toString("utf8")) as Parsed;
  } catch (cause) {
    throw new StowageError("source-refused", "a watch event that is no JSON", { cause });
  }
}
