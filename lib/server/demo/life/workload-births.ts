import type { KubeObject } from "../../../protocol/object.ts";
import { cronjobs, daemonsets, jobs, statefulsets } from "../api/resources.ts";
import { CronJobLife } from "./cron-job-life.ts";
import { DaemonSetLife } from "./daemon-set-life.ts";
import { JobLife } from "./job-life.ts";
import { admittedJob, finishedCondition } from "./job-object.ts";
import { StatefulSetLife } from "./stateful-set-life.ts";
import type { World } from "./world.ts";

/** Lets the workloads beside deployments live, whoever creates them. */
export function bearWorkloads(world: World): void {
  world.births.set(statefulsets, (object) => new StatefulSetLife(world, object));
  world.births.set(daemonsets, (object) => new DaemonSetLife(world, object));
  world.births.set(cronjobs, (object) => new CronJobLife(world, object));
  world.births.set(jobs, (object) => {
    const job = admit(world, object);
    return finishedCondition(job) ? null : new JobLife(world, job);
  });
}

function admit(world: World, object: KubeObject): KubeObject {
  const { namespace = "", name = "", uid = "" } = object.metadata ?? {};
  world.store.put(jobs, admittedJob(object, uid));
  return world.store.get(jobs, namespace, name) ?? object;
}
