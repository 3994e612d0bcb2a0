import type { KubeObject } from "../../../protocol/object.ts";
import type { PodTemplate } from "./pod-from.ts";

export type JobSpec = {
  completions?: number;
  parallelism?: number;
  backoffLimit?: number;
  suspend?: boolean;
  template: PodTemplate;
  [field: string]: unknown;
};

export type JobCondition = { type: string; status: string; lastTransitionTime: string; [field: string]: unknown };

export type JobStatus = {
  startTime?: string;
  completionTime?: string;
  conditions?: readonly JobCondition[];
  [field: string]: unknown;
};

/** The condition by which a job has ended, well or not. */
export function finishedCondition(job: KubeObject): JobCondition | undefined {
  const { conditions = [] } = (job["status"] ?? {}) as JobStatus;
  return conditions.find(({ type, status }) => status === "True" && (type === "Complete" || type === "Failed"));
}

/** A job as an API server keeps it: with its defaults, and its pods marked as its own. */
export function admittedJob(object: KubeObject, uid: string): KubeObject {
  const spec = object["spec"] as JobSpec;
  const name = object.metadata?.name ?? "";
  const own = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  const { metadata } = spec.template;
  return {
    ...object,
    spec: {
      parallelism: 1,
      ...(spec.parallelism === undefined ? { completions: 1 } : {}),
      backoffLimit: 6,
      completionMode: "NonIndexed",
      podReplacementPolicy: "TerminatingOrFailed",
      suspend: false,
      manualSelector: false,
      ...spec,
      selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
      template: { ...spec.template, metadata: { ...metadata, labels: { ...metadata?.labels, ...own } } },
    },
  };
}
