import type { IncomingMessage, ServerResponse } from "node:http";

import type { KubeObject } from "../../../protocol/object.ts";
import { badRequest } from "./fault.ts";

/** The lines that a container has written, oldest first, and when it writes the next; times are ms. */
export type LogSource = {
  /** Lines between two times, at most the last `most` of them. */
  lines(
    pod: KubeObject,
    container: string,
    previous: boolean,
    from: number,
    to: number,
    most: number,
  ): { at: number; text: string }[];
  /** When the run of the container whose log this is began; null when it never ran. */
  began(pod: KubeObject, container: string, previous: boolean): number | null;
  now(): number;
};

/** How often a followed log is looked at for new lines, in ms. */
const followMs = 250;
/** A log holds at most this many lines. */
const maxLines = 20_000;

/** `GET …/pods/NAME/log`: plain text, with times when asked for, followed when asked for. */
export function sendLog(
  request: IncomingMessage,
  response: ServerResponse,
  source: LogSource,
  pod: KubeObject,
  query: URLSearchParams,
): void {
  const names = containerNames(pod);
  const container = query.get("container") ?? names[0] ?? "";
  const name = pod.metadata?.name ?? "";
  if (!names.includes(container)) {
    throw badRequest(`container ${container} is not valid for pod ${name}`);
  }
  const previous = query.get("previous") === "true";
  const began = source.began(pod, container, previous);
  if (began === null) {
    const why = previous
      ? `previous terminated container "${container}" in pod "${name}" not found`
      : `container "${container}" in pod "${name}" is waiting to start`;
    throw badRequest(why);
  }
  const tail = query.get("tailLines") === null ? maxLines : Math.min(maxLines, Number(query.get("tailLines")));
  const since = Date.parse(query.get("sinceTime") ?? "") || 0;
  const stamps = query.get("timestamps") === "true";
  response.writeHead(200, { "content-type": "text/plain" });
  let until = source.now();
  const write = (from: number, to: number, most: number) => {
    const lines = source.lines(pod, container, previous, from, to, most);
    const text = lines.map(({ at, text: line }) => `${stamps ? `${stamp(at)} ` : ""}${line}\n`).join("");
    if (text !== "") response.write(text);
  };
  write(Math.max(began, since), until, tail);
  if (query.get("follow") !== "true" || previous) {
    response.end();
    return;
  }
  response.flushHeaders();
  const ticking = setInterval(() => {
    const to = source.now();
    if (response.writableLength < 1024 * 1024) write(until, to, maxLines);
    until = to;
  }, followMs);
  request.on("close", () => clearInterval(ticking));
}

function containerNames(pod: KubeObject): string[] {
  const { spec } = pod as { spec?: { containers?: { name: string }[]; initContainers?: { name: string }[] } };
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name);
}

/** A time with nanoseconds, as the kubelet writes it. */
function stamp(at: number): string {
  return new Date(at).toISOString().replace("Z", "000000Z");
}
