import { randomUUID } from "node:crypto";

import type { PullJob, PullReason } from "../../../protocol/pull.ts";
import type { ImageReference } from "../../../shared/image-reference.ts";
import { familiarName } from "../../../shared/image-reference.ts";
import { isStowageError, StowageError } from "../../error.ts";
import type { FindCredential } from "../../registries/credentials.ts";
import type { EngineSource } from "../../sources/docker/engine-source.ts";
import type { Engine } from "../../sources/docker/engine.ts";
import { imageAddress } from "./engine-target.ts";
import { PullProgress } from "./pull-progress.ts";
import { pullErrorCode, pullReasonOf } from "./pull-reason.ts";
import { registryAuth } from "./registry-auth.ts";

/** Pulls of one engine at a time, and those that have ended and are still told. */
const most = { running: 4, ended: 10 };
/** An ended one is told so long, in ms. */
const toldMs = 30 * 60_000;
/** An engine answers when it has asked the registry for the manifest, in ms. */
const answerMs = 120_000;
/** A layer may take long to unpack, and nothing is told meanwhile, in ms. */
const silenceMs = 30 * 60_000;

type Job = {
  readonly id: string;
  readonly source: string;
  readonly image: string;
  readonly by: string;
  readonly began: number;
  readonly stop: AbortController;
  readonly progress: PullProgress;
  ended: number | null;
  failure: PullJob["failure"];
  earlier: boolean | null;
  readonly end: Promise<StowageError | null>;
};

/** Pulls that go on in this process, whoever looks. They end with it: what an engine had not finished, it drops. */
export class Pulls {
  private readonly jobs = new Map<string, Job>();
  private readonly credential: FindCredential;
  private readonly now: () => number;

  constructor(credential: FindCredential, now: () => number = Date.now) {
    this.credential = credential;
    this.now = now;
  }

  /**
   * Begins one. `ended` gives what it failed with, null for an image that is there, and never rejects. Throws `busy` for too many,
   * `conflict` for one that runs already.
   */
  start(
    source: EngineSource,
    reference: ImageReference,
    by: string,
  ): { id: string; ended: Promise<StowageError | null> } {
    this.forget();
    const image = familiarName(pulledReference(reference));
    const running = this.of(source.slug).filter(({ ended }) => ended === null);
    if (running.some((job) => job.image === image))
      throw new StowageError("conflict", `${image} is being pulled already`);
    if (running.length >= most.running)
      throw new StowageError("busy", `${most.running} images are being pulled: wait for one of them, or stop it`);
    const [stop, progress] = [new AbortController(), new PullProgress()];
    const end = this.pull(source, pulledReference(reference), progress, stop.signal).then(
      () => this.settle(job, null),
      (thrown: unknown) => this.fail(job, source, thrown),
    );
    const rest = { ended: null, failure: null, earlier: null, end };
    const job: Job = { id: randomUUID(), source: source.slug, image, by, began: this.now(), stop, progress, ...rest };
    this.jobs.set(job.id, job);
    return { id: job.id, ended: end };
  }

  /** Newest first. */
  list(source: string): PullJob[] {
    this.forget();
    return this.of(source).map(tell).toReversed();
  }

  /** Throws `not-found` for one that there is not, or that has ended. */
  cancel(source: string, id: string, by: string): void {
    const job = this.jobs.get(id);
    if (!job || job.source !== source || job.ended !== null)
      throw new StowageError("not-found", "this pull does not run");
    job.stop.abort(new StowageError("gone", `stopped by ${by}`));
  }

  /** Ends all of them and waits until their ends are told. */
  async dispose(): Promise<void> {
    const running = [...this.jobs.values()].filter(({ ended }) => ended === null);
    for (const { stop } of running) stop.abort(new StowageError("gone", "the server was stopped"));
    await Promise.all(running.map(({ end }) => end));
  }

  private of(source: string): Job[] {
    return [...this.jobs.values()].filter((job) => job.source === source);
  }

  private async pull(
    { engine }: EngineSource,
    reference: ImageReference,
    progress: PullProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const credential = await this.credential(reference.registry);
    const [fromImage, tag] = wordsOf(reference);
    const { body } = await engine.open({
      method: "POST",
      path: `/images/create?${new URLSearchParams({ fromImage, tag }).toString()}`,
      headers: credential ? { "x-registry-auth": registryAuth(reference.registry, credential) } : {},
      signal,
      responseTimeout: answerMs,
    });
    const quiet = setTimeout(() => body.destroy(new Error("the engine said nothing any more")), silenceMs);
    try {
      for await (const chunk of body) {
        quiet.refresh();
        progress.push(chunk as Buffer);
      }
      progress.end();
    } finally {
      clearTimeout(quiet);
      body.destroy();
    }
    if (progress.error !== null) throw new StowageError("source-refused", progress.error);
    // A connection may end as if all had been said.
    if (!(await isThere(engine, reference)))
      throw new StowageError("source-unreachable", "the engine ended the answer before the image was there");
  }

  private settle(job: Job, error: StowageError | null): StowageError | null {
    job.ended = this.now();
    return error;
  }

  private async fail(job: Job, { engine }: EngineSource, thrown: unknown): Promise<StowageError> {
    const aborted: unknown = job.stop.signal.aborted ? job.stop.signal.reason : null;
    const cause = aborted ?? thrown;
    const words = isStowageError(cause)
      ? (cause.detail ?? cause.code)
      : cause instanceof Error
        ? cause.message
        : String(cause);
    const reason = aborted ? "cancelled" : reasonOf(cause, words);
    job.failure = { reason, detail: words };
    job.earlier = await engine.request({ path: `/images/${imageAddress(job.image)}/json` }).then(
      ({ status, body }) => {
        body.resume();
        return status === 200 ? true : status === 404 ? false : null;
      },
      () => null,
    );
    this.settle(job, null);
    return new StowageError(pullErrorCode[reason], words, { cause });
  }

  private forget(): void {
    const ended = [...this.jobs.values()].filter((job) => job.ended !== null);
    const late = this.now() - toldMs;
    for (const [index, job] of ended.entries())
      if (ended.length - index > most.ended || (job.ended ?? 0) < late) this.jobs.delete(job.id);
  }
}

function reasonOf(thrown: unknown, words: string): PullReason {
  if (isStowageError(thrown)) {
    if (thrown.code === "source-unreachable") return "engine-lost";
    if (thrown.code === "too-large") return "unreadable";
    if (thrown.code === "signed-out") return "login";
    return pullReasonOf(words);
  }
  // What breaks while the answer comes is the connection to the engine.
  return "engine-lost";
}

/** What an engine makes of a name: a digest decides without a tag, and nothing is `latest`. */
export function pulledReference(reference: ImageReference): ImageReference {
  return { ...reference, tag: reference.digest === null ? (reference.tag ?? "latest") : null };
}

/** What the engine calls the two. */
function wordsOf({ registry, repository, tag, digest }: ImageReference): [fromImage: string, tag: string] {
  return [`${registry}/${repository}`, digest ?? tag ?? "latest"];
}

async function isThere(engine: Engine, reference: ImageReference): Promise<boolean> {
  const { status, body } = await engine.request({ path: `/images/${imageAddress(familiarName(reference))}/json` });
  body.resume();
  return status === 200;
}

function tell(job: Job): PullJob {
  const layers = [...job.progress.layers.values()];
  const own = layers.filter(({ phase }) => phase !== "exists");
  const sized = own.filter(({ total }) => total !== null);
  const { id, image, by, began, ended, failure, earlier } = job;
  return {
    id,
    image,
    by,
    began,
    ended,
    state: ended === null ? "running" : failure ? "failed" : "done",
    layers,
    downloaded: sized.reduce((sum, { downloaded }) => sum + downloaded, 0),
    total: sized.reduce((sum, { total }) => sum + (total ?? 0), 0),
    unsized: own.length - sized.length,
    digest: job.progress.digest,
    failure,
    earlier,
  };
}
