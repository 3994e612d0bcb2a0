import { randomBytes } from "node:crypto";

import type { KubeObject } from "../../protocol/object.ts";
import { asObject, objectIn, textIn } from "../../kinds/read-object.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import type { Call } from "./call.ts";
import { comparable, writing } from "./call.ts";
import { send } from "./send.ts";
import type { Target } from "./target.ts";
import { rightOn } from "./target.ts";
import { resourcePath } from "../watch/resource-path.ts";

const jobs = { group: "batch", version: "v1", resource: "jobs", namespaced: true, kind: "Job" };
/** A job's name becomes a label of its pods. */
const maxName = 63;

/** A job from a cron job now, as `kubectl create job --from` makes it. */
export function trigger(target: Target): Call {
  const suffix = `-manual-${randomBytes(3).toString("hex")}`;
  const name = `${target.name.slice(0, maxName - suffix.length)}${suffix}`;
  const namespace = target.namespace ?? "";
  return {
    ref: target.ref,
    rights: [
      rightOn(target, "get"),
      { verb: "create", group: "batch", resource: "jobs", namespace: target.namespace, name: null },
    ],
    kubectl: ["create", "job", name, `--from=cronjob/${target.name}`],
    detail: { job: name },
    async run(dryRun) {
      const { object } = await send(target, { method: "GET", path: target.path });
      const body = jobFrom(object, name, namespace);
      const sent = await send(target, {
        method: "POST",
        path: resourcePath(jobs, namespace),
        query: writing(dryRun),
        body,
      });
      return {
        change: "created",
        warnings: sent.warnings,
        compare: { before: null, after: comparable(sent.object) },
        made: { kind: "jobs.batch", source: target.ref.source, path: `${namespace}/${name}` },
      };
    },
  };
}

function jobFrom(cronJob: KubeObject, name: string, namespace: string): JsonObject {
  const template = objectIn(objectIn(asObject(cronJob), "spec"), "jobTemplate");
  const metadata = objectIn(template, "metadata");
  const own = objectIn(asObject(cronJob), "metadata");
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace,
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...objectIn(metadata, "annotations") },
      labels: objectIn(metadata, "labels"),
      // Without blockOwnerDeletion, which would need a right on the cron job's finalizers.
      ownerReferences: [
        {
          apiVersion: "batch/v1",
          kind: "CronJob",
          name: textIn(own, "name"),
          uid: textIn(own, "uid"),
          controller: true,
        },
      ],
    },
    spec: objectIn(template, "spec"),
  };
}
