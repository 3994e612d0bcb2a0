import { PassThrough, pipeline, Transform } from "node:stream";
import type { Readable } from "node:stream";
import { z } from "zod";

import { pause } from "../../shared/pause.ts";
import { StowageError } from "../error.ts";
import { Demultiplexer } from "../sources/docker/demultiplexer.ts";
import type { Engine, EngineAnswer } from "../sources/docker/engine.ts";
import { LogFeed } from "./log-feed.ts";
import type { LogQuestion } from "./open-log.ts";

/** A follow of a container that says nothing for long is no error. */
const headMs = 2 ** 31 - 1;
/** Podman answers with the first line, be it days later: an answer that takes longer than this may come when it does, in ms. */
const beginMs = 2_000;
const inspected = z.looseObject({ Config: z.looseObject({ Tty: z.boolean().nullish() }).nullish() });

/**
 * Opens the log of an engine's container, stdout and stderr in the order in which the engine tells them. `mayRead` throws when the
 * person may no longer read it. Throws `not-found`, `bad-request` for the run before (an engine keeps one log), what Engine throws.
 */
export async function openEngineLog(
  engine: Engine,
  { container, follow, previous, tail, since }: LogQuestion,
  mayRead: () => Promise<void>,
): Promise<LogFeed> {
  if (previous) throw new StowageError("bad-request", "an engine keeps the log of all runs in one");
  const path = `/containers/${encodeURIComponent(container)}`;
  const facts = inspected.safeParse(await engine.json({ path: `${path}/json` }));
  const query = new URLSearchParams({
    stdout: "1",
    stderr: "1",
    timestamps: "1",
    tail: tail === null ? "all" : String(tail),
  });
  if (follow) query.set("follow", "1");
  // Engines take seconds since the epoch with up to nine digits behind the point.
  if (since !== undefined) query.set("since", secondsOf(since));
  const stop = new AbortController();
  const asked = { path: `${path}/logs?${query}`, responseTimeout: headMs, stream: true, signal: stop.signal };
  const opened = engine.open(asked);
  const answer = await Promise.race([opened, pause(beginMs, stop.signal)]);
  const body = answer ? answer.body : whenItComes(opened, stop);
  const isPlain = facts.success && facts.data.Config?.Tty === true;
  return new LogFeed(isPlain ? body : demultiplexed(body), mayRead);
}

/** The body of an answer that is not there yet; nobody waits for it any more when this is destroyed. */
function whenItComes(opened: Promise<EngineAnswer>, stop: AbortController): Readable {
  const out = new PassThrough();
  out.once("close", () => stop.abort());
  opened.then(
    ({ body }) => void pipeline(body, out, () => undefined),
    (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

/** The bytes of both streams one after the other, as they come; an error of either side ends both. */
function demultiplexed(body: Readable): Readable {
  const parts: Buffer[] = [];
  const demultiplexer = new Demultiplexer((_stream, bytes) => void parts.push(bytes));
  const taken = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        demultiplexer.push(chunk);
        done(null, Buffer.concat(parts.splice(0)));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  const out = new PassThrough();
  // Errors reach whoever reads.
  pipeline(body, taken, out, () => undefined);
  return out;
}

function secondsOf(time: string): string {
  const [, fraction = "0"] = /\.(\d{1,9})/.exec(time) ?? [];
  return `${Math.floor(Date.parse(time) / 1000)}.${fraction.padEnd(9, "0")}`;
}
