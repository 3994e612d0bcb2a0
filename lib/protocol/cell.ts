/**
 * One value of a row. Times are seconds since the epoch (fractions allowed), CPU is millicores, memory and storage are bytes;
 * lists are labels as `key=value`, or plain words. `null` is "unknown or not there" and is never the same as 0.
 */
export type Cell = string | number | null | readonly string[];

/** `[key, ...cells]`, the cells in the order of the columns that were asked for. */
export type WireRow = readonly [key: string, ...cells: Cell[]];

/**
 * The flat projection of one object.
 *
 * `key` is `source/namespace/name`, `source/name` for cluster-scoped kinds and `source/namespace/pod/container` for containers:
 * the path of the object's page behind its kind. `version` (the resourceVersion) stays in the server.
 */
export type Row = {
  readonly key: string;
  readonly uid: string;
  readonly version: string;
  /** "" for a cluster-scoped object. */
  readonly namespace: string;
  readonly cells: readonly Cell[];
};

/** The health that Stowage derives, worst first. */
export const healthLevels = ["failing", "warning", "unknown", "starting", "done", "ok"] as const;
export type HealthLevel = (typeof healthLevels)[number];
