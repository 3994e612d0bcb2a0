import type { SourceType } from "../kinds/kind.ts";
import type { SourceState } from "./query.ts";

/**
 * One thing that is wrong, grouped by cause: the words for `kind` are in lib/i18n under `problems`.
 * `example` and `reason` are plain text from the cluster. `q` is the filter that lists what is meant, on the page of `list`.
 */
export type Problem = {
  kind:
    | "node-not-ready"
    | "node-pressure"
    | "pod-crash-loop"
    | "pod-image"
    | "pod-config"
    | "pod-unschedulable"
    | "pod-oom"
    | "pod-failed"
    | "pod-not-ready"
    | "pod-starting-long"
    | "pod-terminating-long"
    | "deployment-short"
    | "container-failing"
    | "source-down";
  level: "failing" | "warning";
  count: number;
  source: string;
  namespace: string;
  /** What people call it: a workload, a node, a pod. */
  subject: string;
  reason: string;
  /** Seconds since the epoch, null when nobody knows. */
  since: number | null;
  list: string;
  q: string;
};

/** Millicores, bytes or counts; null where nobody may see it or nothing says it. */
export type Capacity = {
  resource: "cpu" | "memory" | "pods";
  allocatable: number | null;
  requested: number | null;
  limits: number | null;
};

/** One cluster or engine as the overview and the source switcher show it. */
export type SourceSummary = SourceState & {
  type: SourceType;
  /** The name people know it by: the context's name. */
  title: string;
  version: string | null;
  /** Of a cluster; null for an engine, and where nobody knows. */
  nodes: number | null;
  pods: number | null;
  /** Of an engine, running or not; null for a cluster. */
  containers: number | null;
};

export type Overview = {
  problems: Problem[];
  /** Problems beyond the ones listed. */
  more: number;
  capacity: Capacity[];
  sources: SourceSummary[];
  /** Rows by kind in the person's scope, for the rail; null while unknown. */
  counts: Record<string, number | null>;
};
