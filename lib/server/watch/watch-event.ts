import type { KubeObject } from "../../protocol/object.ts";
import { StowageError } from "../error.ts";

export type WatchEvent =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: KubeObject; version: string }
  | { type: "BOOKMARK"; version: string; initialEventsEnd: boolean }
  | { type: "ERROR"; code: number; message: string };

/** Parses one line of a watch stream. Throws `source-refused` for what no API server sends: a cut or corrupted line. */
export function parseWatchEvent(line: string): WatchEvent {
  let parsed: { type?: unknown; object?: KubeObject & { code?: unknown; message?: unknown } };
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw new StowageError("source-refused", "a watch event that is no JSON", { cause });
  }
  const { type, object } = parsed ?? {};
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
