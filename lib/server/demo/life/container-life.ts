import { imageOf } from "../images/catalog.ts";
import { repositoryOf } from "./container-shapes.ts";
import type { ContainerShape } from "./app.ts";
import { timeText } from "./time-text.ts";

/** One time that a container ran; times are ms. */
export type Run = { began: number; ended: number | null; exitCode: number; reason: string; id: string };

/** A container of a pod: its runs, and what it waits for when it does not run. */
export class ContainerLife {
  readonly shape: ContainerShape;
  readonly runs: Run[] = [];
  waiting: { reason: string; message?: string } | null;
  ready = false;
  started = false;
  restarts = 0;

  /** `initializing`: the pod has containers that run before the others. */
  constructor(shape: ContainerShape, initializing: boolean) {
    this.shape = shape;
    this.waiting = { reason: initializing ? "PodInitializing" : "ContainerCreating" };
  }

  get image(): string {
    return this.shape.image;
  }

  get current(): Run | undefined {
    return this.waiting === null ? this.runs.at(-1) : undefined;
  }

  /** The run before the one that is or is to come. */
  get previous(): Run | undefined {
    return this.waiting === null ? this.runs.at(-2) : this.runs.at(-1);
  }

  begin(at: number, id: string): void {
    if (this.runs.length > 0) this.restarts += 1;
    this.runs.push({ began: at, ended: null, exitCode: 0, reason: "Completed", id });
    // Two are told of; the rest is a number.
    if (this.runs.length > 2) this.runs.shift();
    this.waiting = null;
    this.started = true;
  }

  end(at: number, exitCode: number, reason: string): void {
    const run = this.runs.at(-1);
    if (run) Object.assign(run, { ended: at, exitCode, reason });
    this.ready = false;
    this.started = false;
  }

  /** As the pod's status has it. */
  status(): object {
    const { current, previous } = this;
    return {
      name: this.shape.name,
      image: this.shape.image,
      imageID:
        this.runs.length === 0 ? "" : `${repositoryOf(this.shape.image)}@${imageOf(this.shape.image).indexDigest}`,
      ...(this.runs.length === 0 ? {} : { containerID: `containerd://${this.runs.at(-1)?.id}` }),
      ready: this.ready,
      started: this.started,
      restartCount: this.restarts,
      state: this.waiting ? { waiting: this.waiting } : current ? stateOf(current) : {},
      lastState: previous && previous.ended !== null && (this.restarts > 0 || this.waiting) ? stateOf(previous) : {},
    };
  }
}

function stateOf({ began, ended, exitCode, reason, id }: Run): object {
  if (ended === null) return { running: { startedAt: timeText(began) } };
  const times = { startedAt: timeText(began), finishedAt: timeText(ended) };
  return { terminated: { exitCode, reason, ...times, containerID: `containerd://${id}` } };
}
