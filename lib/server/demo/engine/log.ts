import { logLine, pace } from "../life/log-lines.ts";
import { isOn } from "./describe.ts";
import type { EngineContainer, EngineLine, EngineWorld } from "./engine-world.ts";
import { msOf } from "./events.ts";
import { EngineFault } from "./fault.ts";
import type { Asked } from "./route.ts";
import { isTrue } from "./route.ts";

/** A log holds at most this many lines. */
const maxLines = 5_000;
/** How often a followed log is looked at for new lines, in ms. */
const followMs = 250;
/** What a program says that ends a few seconds after each start, and how far apart, in ms. */
const lastWords = [
  "starting, version 1.9.0",
  "connecting to ledger:8080",
  "FATAL: ledger answered 401: the signing key has expired",
];
const lastWordsMs = 900;

/** `GET /containers/{id}/logs`, in frames where there is no terminal. */
export function streamLog({ world, query, response }: Asked, container: EngineContainer): void {
  const streams = new Set((["stdout", "stderr"] as const).filter((stream) => isTrue(query.get(stream))));
  if (streams.size === 0) throw new EngineFault(400, "Bad parameters: you must choose at least one stream");
  const until = msOf(query.get("until")) ?? Infinity;
  const since = msOf(query.get("since")) ?? 0;
  const tail = query.get("tail") ?? "all";
  const most = /^\d+$/.test(tail) ? Math.min(Number(tail), maxLines) : maxLines;
  const stamps = isTrue(query.get("timestamps"));
  const say = (lines: readonly EngineLine[]) => {
    const pieces = lines
      .filter(({ stream }) => streams.has(stream))
      .map(({ at, stream, text }) =>
        frame(stream === "stdout" ? 1 : 2, `${stamps ? `${stampOf(at)} ` : ""}${text}\n`, container.tty),
      );
    if (pieces.length > 0) response.write(Buffer.concat(pieces));
  };
  response.writeHead(200, {
    "content-type": container.tty ? "application/vnd.docker.raw-stream" : "application/vnd.docker.multiplexed-stream",
  });
  response.flushHeaders();
  const lives = () => (isOn(container) || container.state === "restarting") && world.containers.has(container.id);
  const follows = () => isTrue(query.get("follow")) && lives() && world.now() <= until;
  // What is said in this very millisecond may go on: it is told with what comes next, and at the end at once.
  const end = () => Math.min(until, world.now() + (follows() ? 0 : 1));
  let told = end();
  say(most === 0 ? [] : linesOf(world, container, since, told).slice(-most));
  if (!follows()) return void response.end();
  const timer = setInterval(() => {
    const isLast = !follows();
    const to = end();
    say(linesOf(world, container, Math.max(since, told), to));
    told = to;
    if (isLast) response.end();
  }, followMs);
  response.once("close", () => clearInterval(timer));
}

/** Lines from one moment to before another, oldest first, the last of them where there are many. */
export function linesOf(world: EngineWorld, container: EngineContainer, from: number, to: number): EngineLine[] {
  if (container.said) return container.said.filter(({ at }) => at >= from && at < to);
  const found: EngineLine[] = [];
  for (const run of container.runs) {
    const end = Math.min(to, run.to ?? world.now());
    found.push(...(container.fails ? lastWordsOf(run.from, end) : madeUp(container, run.from, end)));
  }
  return found.filter(({ at }) => at >= from).slice(-maxLines);
}

/** Nothing is kept: line number n is written at a fixed time and always reads the same. */
function madeUp(container: EngineContainer, from: number, to: number): EngineLine[] {
  const every = pace[container.log];
  const last = Math.ceil((to - container.created) / every) - 1;
  const lines: EngineLine[] = [];
  for (let n = Math.max(Math.ceil((from - container.created) / every), last - maxLines + 1); n <= last; n += 1) {
    const at = container.created + n * every;
    const text = logLine({ name: container.name, log: container.log }, n, at, container.id);
    lines.push({ at, stream: /ERROR|WARN|warn/.test(text) ? "stderr" : "stdout", text });
  }
  return lines;
}

function lastWordsOf(from: number, to: number): EngineLine[] {
  return lastWords.flatMap((text, place) => {
    const at = from + place * lastWordsMs;
    return at < to ? [{ at, stream: text.startsWith("FATAL") ? "stderr" : "stdout", text } as const] : [];
  });
}

function stampOf(at: number): string {
  return new Date(at).toISOString().replace("Z", "000000Z");
}

/** What is said on a stream, behind a header of eight bytes where there is no terminal. */
export function frame(stream: 1 | 2, text: string, tty: boolean): Buffer {
  const bytes = Buffer.from(text);
  if (tty) return bytes;
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}
