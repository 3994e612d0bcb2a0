import type { KubeObject } from "../../../protocol/object.ts";
import type { LogSource } from "../api/logs.ts";
import type { ContainerShape } from "./app.ts";
import type { ContainerLife, Run } from "./container-life.ts";
import type { PodLife } from "./pod-life.ts";
import type { World } from "./world.ts";

/** Time between two lines, in ms. */
export const pace: Record<ContainerShape["log"], number> = {
  http: 700,
  worker: 1_100,
  database: 2_300,
  proxy: 900,
  migration: 300,
};

/**
 * The logs of a world. Nothing is kept: line number n of a container's run is written at a fixed time and always reads the same, so
 * that any part of a log can be made when somebody looks.
 */
export function logSource(world: World): LogSource {
  return {
    now: () => world.agenda.now,
    began: (pod, container, previous) => runOf(world, pod, container, previous)?.run.began ?? null,
    lines: (pod, container, previous, from, to, most) => {
      const found = runOf(world, pod, container, previous);
      if (!found) return [];
      const { life, run, container: each } = found;
      const end = Math.min(to, run.ended ?? to);
      const words = life.shape.fault?.type === "crash" && each.shape.role === undefined ? life.shape.fault.words : null;
      const every = words ? 400 : pace[each.shape.log];
      const last = Math.floor((end - run.began) / every);
      const first = Math.max(0, Math.ceil((from - run.began) / every), last - most + 1);
      const lines: { at: number; text: string }[] = [];
      for (let number = first; number <= last && lines.length < most; number += 1) {
        const at = run.began + number * every;
        if (at < from || at >= to) continue;
        const text = words ? words[number] : logLine(each.shape, number, at, run.id);
        if (text !== undefined) lines.push({ at, text });
      }
      return lines;
    },
  };
}

type Found = { life: PodLife; container: ContainerLife; run: Run };

function runOf(world: World, pod: KubeObject, name: string, previous: boolean): Found | null {
  const life = world.pods.get(pod.metadata?.uid ?? "");
  const container = life?.containers.find(({ shape }) => shape.name === name);
  const run = previous ? container?.previous : (container?.current ?? container?.runs.at(-1));
  return life && container && run ? { life, container, run } : null;
}

const paths = [
  "/",
  "/cart",
  "/checkout",
  "/api/items?page=2",
  "/api/items/4711",
  "/api/prices",
  "/search?q=anchor",
  "/live",
];
const jobs = ["resize image", "send receipt", "update stock", "index item", "expire cart"];

/** A line that depends on its number alone, with now and then one that matters. */
export function logLine(
  shape: Pick<ContainerShape, "name" | "log" | "port">,
  number: number,
  at: number,
  seed: string,
): string {
  const chance = (Math.imul(number + 1, 2_654_435_761) ^ Number.parseInt(seed.slice(0, 6), 16)) >>> 0;
  const time = new Date(at).toISOString();
  switch (shape.log) {
    case "http": {
      const path = paths[chance % paths.length] ?? "/";
      const status = chance % 97 === 0 ? 500 : chance % 23 === 0 ? 404 : 200;
      const level = status === 500 ? "ERROR" : status === 404 ? "WARN" : "INFO";
      return `${time} ${level} GET ${path} ${status} ${3 + (chance % 180)}ms id=${(chance % 65_536).toString(16)}`;
    }
    case "worker": {
      const job = jobs[chance % jobs.length] ?? "";
      const level = chance % 41 === 0 ? "warn" : "info";
      return JSON.stringify({
        ts: time,
        level,
        msg: level === "warn" ? `slow: ${job}` : job,
        job: number,
        ms: 20 + (chance % 900),
      });
    }
    case "database":
      return `${time} [${80 + (chance % 9)}] LOG:  checkpoint complete: wrote ${chance % 400} buffers; sync=0.00${chance % 9} s`;
    case "proxy":
      return `[${time}] "GET ${paths[chance % paths.length] ?? "/"} HTTP/1.1" 200 - ${chance % 4_000} upstream=127.0.0.1:${shape.port ?? 8080}`;
    case "migration":
      return `${time} migration ${String(number + 1).padStart(3, "0")} is there already`;
  }
}
