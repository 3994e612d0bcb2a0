import type { Level, PublicState, PublicWords, UpdatePhase } from "./status.ts";

/** A part of a component, as the YAML has it. */
export type StatusPart =
  | { type: "workload"; source: string; kind: string; namespace: string; name: string }
  | { type: "service"; source: string; namespace: string; name: string }
  | { type: "pods" | "nodes"; source: string; q: string; expect?: number | undefined };

export type StatusComponent = {
  id: string;
  name: PublicWords;
  group?: PublicWords | undefined;
  description?: PublicWords | undefined;
  parts: StatusPart[];
  thresholds: { degraded: number; partial: number; major: number };
  /** In seconds. */
  delay: number;
  hysteresis: number;
};

/** Why nothing is known of a part. `silent`: the source does not answer, or is being read; `no-match`: nothing to be counted. */
export type Unknown = "unknown-source" | "silent" | "no-match";

/** How a part was counted last. `hidden`: made of what this person may not see, and so told as its level only. */
export type SeenPart =
  | { hidden: true; level: Level | null }
  | { hidden: false; part: StatusPart; healthy: number; total: number; level: Level }
  | { hidden: false; part: StatusPart; unknown: Unknown };

export type SeenComponent = {
  component: Omit<StatusComponent, "parts">;
  /** All parts as they can be written again; null when some are hidden from this person. */
  editable: StatusComponent | null;
  origin: "yaml" | "console";
  state: PublicState;
  /** Since when it is told so, in seconds since the epoch; null before anything was. */
  since: number | null;
  measured: Level | "no-data";
  parts: SeenPart[];
};

export type SeenIncident = {
  id: string;
  state: "draft" | "open" | "resolved";
  title: PublicWords;
  components: readonly string[];
  proposed: string | null;
  /** In seconds since the epoch, as all moments here. */
  began: number;
  resolved: number | null;
  updates: { at: number; phase: UpdatePhase; text: PublicWords }[];
};

export type SeenMaintenance = {
  id: string;
  title: PublicWords;
  text: PublicWords | null;
  components: readonly string[];
  starts: number;
  ends: number;
};

/** What the console shows of the status page. */
export type StatusAdmin = {
  mayWrite: boolean;
  /** Whether this server writes the history. */
  records: boolean;
  components: SeenComponent[];
  incidents: SeenIncident[];
  maintenance: SeenMaintenance[];
  /** Kinds of which a workload may be. */
  workloadKinds: readonly string[];
  sources: readonly string[];
};

export type StatusVerbName =
  | "component-save"
  | "component-remove"
  | "incident-save"
  | "incident-publish"
  | "incident-update"
  | "incident-drop"
  | "maintenance-plan"
  | "maintenance-cancel";
