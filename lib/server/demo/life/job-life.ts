import type { ContainerShape } from "./app.ts";
import { PodLife } from "./pod-life.ts";
import type { World } from "./world.ts";

export type JobShape = {
  namespace: string;
  name: string;
  /** How often it runs and how long it takes, in ms. */
  everyMs: number;
  takesMs: number;
  container: ContainerShape;
};

/** Finished runs that are kept, as a cron job keeps them. */
const keptRuns = 3;

/** A cron job: a pod now and then that does its work and is kept for a while. */
export class JobLife {
  private readonly world: World;
  private readonly shape: JobShape;
  private readonly pods: PodLife[] = [];

  constructor(world: World, shape: JobShape) {
    this.world = world;
    this.shape = shape;
    this.run();
  }

  private run(): void {
    const { world, shape } = this;
    const job = `${shape.name}-${Math.floor(world.agenda.now / 60_000)}`;
    const generateName = `${job}-`;
    const pod = new PodLife(
      world,
      {
        namespace: shape.namespace,
        name: `${generateName}${world.chance.suffix(5)}`,
        generateName,
        labels: {
          "batch.kubernetes.io/job-name": job,
          "app.kubernetes.io/name": shape.name,
          "app.kubernetes.io/part-of": "shop",
        },
        owner: { apiVersion: "batch/v1", kind: "Job", name: job, uid: world.chance.uid() },
        containers: [shape.container],
        fault: null,
        once: shape.takesMs,
      },
      () => undefined,
    );
    this.pods.push(pod);
    while (this.pods.length > keptRuns) this.pods.shift()?.delete();
    world.agenda.after(shape.everyMs, () => this.run());
  }
}
