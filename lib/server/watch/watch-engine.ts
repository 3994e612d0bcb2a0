import { pause } from "../../shared/pause.ts";
import { StowageError, isStowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import type { Engine } from "../sources/docker/engine.ts";
import { isPodman } from "../sources/docker/engine.ts";
import type { EngineResource } from "../../kinds/kind.ts";
import { engineResources } from "../sources/docker/engine-resources.ts";
import { tellHealth } from "../sources/docker/podman-health.ts";
import { Backoff } from "../../shared/backoff.ts";
import { LineSplitter } from "./lines.ts";
import type { WatchSink } from "./watch-sink.ts";

export type EngineWatchTarget = {
  /** For the log. */
  readonly source: string;
  readonly engine: Engine;
  readonly resource: EngineResource;
};

type Options = {
  signal: AbortSignal;
  now?: () => number;
  random?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

const delays = { first: 250, most: 8_000 };
/** The longest event that is read; a container's labels are in it. */
const maxEventBytes = 4 * 1024 * 1024;
/** What comes in a burst is asked for once, this much later, in ms; and never more often than the list itself takes, thrice over. */
const gatherMs = 100;
const restShare = 3;
/**
 * Podman sends the head of its answer with the first event, be it days later: it is waited for no longer than this before the list is
 * read, and the list is read once more when the stream has certainly begun, in ms.
 */
const headMs = 250;
const begunMs = 1_500;
/** The longest that a timer of Node's can be. */
const streamMs = 2 ** 31 - 1;

/**
 * Keeps `sink` equal to a list of the engine's, until the signal aborts. Events say that something of the sort changed, and the list
 * says what is: so nothing that an event leaves out, and none that was missed while the engine was away, can make a difference. The
 * stream of events is opened before the list is read. Never rejects: whatever goes wrong is told to the sink and tried again.
 */
export async function watchEngine(target: EngineWatchTarget, sink: WatchSink, options: Options): Promise<void> {
  const { signal, now = Date.now, sleep = pause } = options;
  const backoff = new Backoff({ ...delays, ...(options.random ? { random: options.random } : {}) });
  let heard = now();
  let inTrouble = false;
  const fine = () => {
    heard = now();
    backoff.reset();
    if (inTrouble) sink.alive();
    inTrouble = false;
  };
  while (!signal.aborted) {
    const stop = new AbortController();
    try {
      await follow(target, sink, { signal: AbortSignal.any([signal, stop.signal]), now, sleep, fine });
    } catch (thrown) {
      if (signal.aborted) break;
      const error = wireErrorOf(thrown);
      if (!inTrouble) log.warn("engine.watch-cut", { ...target, engine: target.engine.where, code: error.code });
      if (!isStowageError(thrown)) log.error("engine.watch-failed", { message: String(thrown) });
      inTrouble = true;
      target.engine.forget();
      sink.trouble(error, heard);
    } finally {
      stop.abort();
    }
    await sleep(backoff.next(), signal);
  }
}

type Following = Required<Pick<Options, "signal" | "now" | "sleep">> & { fine: () => void };

/** One stream of events and the lists that it asks for. Throws when the stream ends, as it does when the engine stops. */
async function follow(
  { engine, resource }: EngineWatchTarget,
  sink: WatchSink,
  { signal, now, sleep, fine }: Following,
): Promise<void> {
  const { events, podmanRelistMs } = engineResources[resource];
  const filters = encodeURIComponent(JSON.stringify({ type: events }));
  const relistMs = isPodman(await engine.version()) ? (podmanRelistMs ?? null) : null;
  const state = { dirty: true, begun: false, ended: null as Error | null, wake: () => undefined as void };
  const turn = (change: Partial<typeof state>) => {
    Object.assign(state, change);
    state.wake();
  };
  const lines = new LineSplitter(() => turn({ dirty: true }), { maxBytes: maxEventBytes, tooLong: "cut" });
  // Its signal ends the stream, begun or not.
  const head = engine
    .open({ path: `/events?filters=${filters}`, signal, stream: true, responseTimeout: streamMs })
    .then(
      ({ body }) => {
        body.on("data", (chunk: Buffer) => lines.push(chunk));
        body.once("error", (error) => turn({ ended: error }));
        body.once("close", () => turn({ ended: state.ended ?? cut(engine) }));
        turn({ begun: true, dirty: true });
      },
      (error: unknown) => turn({ ended: error instanceof Error ? error : new Error(String(error)) }),
    );
  await Promise.race([head, sleep(headMs, signal)]);
  if (!state.begun) void sleep(begunMs, signal).then(() => turn({ dirty: true }));
  while (!signal.aborted) {
    if (state.ended) throw asStowageError(state.ended, engine);
    if (!state.dirty) {
      const woken = new AbortController();
      state.wake = () => woken.abort();
      await sleep(relistMs ?? streamMs, AbortSignal.any([signal, woken.signal]));
      if (!woken.signal.aborted) state.dirty = true;
      await sleep(gatherMs, signal);
      continue;
    }
    state.dirty = false;
    const began = now();
    await list(engine, resource, sink, signal);
    fine();
    await sleep((now() - began) * restShare, signal);
  }
}

async function list(engine: Engine, resource: EngineResource, sink: WatchSink, signal: AbortSignal): Promise<void> {
  const { path, parse } = engineResources[resource];
  const answer = await engine.json({ path, signal });
  if (resource === "containers") await tellHealth(engine, answer, signal);
  let objects;
  try {
    objects = parse(answer);
  } catch (cause) {
    throw new StowageError("source-refused", `${engine.where} sent something that is no list of ${resource}`, {
      cause,
    });
  }
  sink.begin();
  for (const object of objects) sink.put(object);
  sink.synced();
}

function cut(engine: Engine): StowageError {
  return new StowageError("source-unreachable", `${engine.where}: the stream of events was cut`);
}

function asStowageError(error: Error, engine: Engine): StowageError {
  return isStowageError(error) ? error : new StowageError("source-unreachable", `${engine.where}: ${error.message}`);
}
