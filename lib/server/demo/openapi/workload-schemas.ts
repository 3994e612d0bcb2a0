import { core } from "./container-schemas.ts";
import { intOrString, meta } from "./meta-schemas.ts";
import { anyObject, flag, integer, list, object, ref, retainingKeys, text, time } from "./schema.ts";
import type { Schemas } from "./schema.ts";

const apps = (name: string) => `io.k8s.api.apps.v1.${name}`;
const batch = (name: string) => `io.k8s.api.batch.v1.${name}`;

const minReadySeconds = integer("Seconds that a pod must be ready to count as available.");
const replicas = integer("How many pods there are to be.");
const revisionHistoryLimit = integer("How many revisions are kept to go back to.");
const selector = ref(meta("LabelSelector"), "Which pods are its own. Cannot be changed.");
const template = ref(core("PodTemplateSpec"), "What its pods are made from.");

/** What manages pods. */
export const workloadSchemas: Schemas = {
  [apps("DeploymentSpec")]: object(
    "What a deployment is to be.",
    {
      minReadySeconds,
      paused: flag("Changes of the template are not rolled out."),
      progressDeadlineSeconds: integer("Seconds without progress after which a rollout has failed."),
      replicas,
      revisionHistoryLimit,
      selector,
      strategy: retainingKeys(ref(apps("DeploymentStrategy"), "How new pods take the place of old ones.")),
      template,
    },
    ["selector", "template"],
  ),
  [apps("DeploymentStrategy")]: object("How new pods take the place of old ones.", {
    rollingUpdate: ref(apps("RollingUpdateDeployment"), "The pace of a rolling update."),
    type: text("RollingUpdate or Recreate."),
  }),
  [apps("RollingUpdateDeployment")]: object("The pace of a rolling update.", {
    maxSurge: ref(intOrString, "How many pods there may be beyond what is wanted."),
    maxUnavailable: ref(intOrString, "How many of what is wanted may be missing."),
  }),
  [apps("ReplicaSetSpec")]: object("What a replica set is to be.", { minReadySeconds, replicas, selector, template }, [
    "selector",
  ]),
  [apps("StatefulSetSpec")]: object(
    "What a stateful set is to be.",
    {
      minReadySeconds,
      ordinals: anyObject("The number of the first pod."),
      persistentVolumeClaimRetentionPolicy: anyObject("What becomes of claims."),
      podManagementPolicy: text("OrderedReady or Parallel."),
      replicas,
      revisionHistoryLimit,
      selector,
      serviceName: text("The service that gives its pods their names."),
      template,
      updateStrategy: anyObject("How pods are replaced."),
      volumeClaimTemplates: list(anyObject("A claim."), "Claims that each pod gets."),
    },
    ["selector", "template"],
  ),
  [apps("DaemonSetSpec")]: object(
    "What a daemon set is to be.",
    { minReadySeconds, revisionHistoryLimit, selector, template, updateStrategy: anyObject("How pods are replaced.") },
    ["selector", "template"],
  ),
  [batch("JobSpec")]: object(
    "What a job is to be.",
    {
      activeDeadlineSeconds: integer("Seconds after which it is ended.", "int64"),
      backoffLimit: integer("Failures after which it has failed."),
      backoffLimitPerIndex: integer("Failures after which an index has failed."),
      completionMode: text("NonIndexed or Indexed."),
      completions: integer("How many pods must succeed."),
      managedBy: text("Who manages it."),
      manualSelector: flag("The selector was chosen by hand."),
      maxFailedIndexes: integer("Failed indexes after which it has failed."),
      parallelism: integer("How many pods run at once."),
      podFailurePolicy: anyObject("Which failures count."),
      podReplacementPolicy: text("When a failed pod is replaced."),
      selector: ref(meta("LabelSelector"), "Which pods are its own. Set by the server."),
      successPolicy: anyObject("When it has succeeded before all pods have."),
      scheduling: anyObject("How its pods are scheduled together."),
      suspend: flag("No pods are made."),
      template,
      ttlSecondsAfterFinished: integer("Seconds after which it is deleted once it is done."),
    },
    ["template"],
  ),
  [batch("CronJobSpec")]: object(
    "What a cron job is to be.",
    {
      concurrencyPolicy: text("Allow, Forbid or Replace: what happens when the last run is not done."),
      failedJobsHistoryLimit: integer("How many failed jobs are kept."),
      jobTemplate: ref(batch("JobTemplateSpec"), "What its jobs are made from."),
      schedule: text("When it runs, as cron writes it."),
      startingDeadlineSeconds: integer("Seconds by which it may be late.", "int64"),
      successfulJobsHistoryLimit: integer("How many jobs are kept that succeeded."),
      suspend: flag("It does not run."),
      timeZone: text("The time zone of the schedule."),
    },
    ["schedule", "jobTemplate"],
  ),
  [batch("JobTemplateSpec")]: object("What jobs are made from.", {
    metadata: ref(meta("ObjectMeta"), "Labels and annotations of the jobs."),
    spec: ref(batch("JobSpec"), "What the jobs are."),
  }),
  [core("Event")]: object("Something that happened.", {
    action: text("What was done."),
    apiVersion: text("v1"),
    count: integer("How often it happened."),
    eventTime: time("When it was first seen."),
    firstTimestamp: time("When it happened first."),
    involvedObject: anyObject("What it is about."),
    kind: text("Event"),
    lastTimestamp: time("When it happened last."),
    message: text("What happened, for people."),
    metadata: ref(meta("ObjectMeta"), "Its name, labels and more."),
    reason: text("What happened, in a word."),
    related: anyObject("What else it is about."),
    reportingComponent: text("Who says so."),
    reportingInstance: text("Which one of them."),
    series: anyObject("How often it goes on."),
    source: anyObject("Who says so."),
    type: text("Normal or Warning."),
  }),
};
