import type { EngineAnswers, EngineView } from "../../protocol/engine.ts";
import type { Person } from "../access/person.ts";
import { Turns } from "../access/turns.ts";
import { StowageError } from "../error.ts";
import type { EngineSource } from "../sources/docker/engine-source.ts";
import { containerViews, readView } from "./engine-views.ts";

/** What may be read of engines beside their rows and objects: a list of views, and nothing else. */
export type EnginesDoor = {
  /** Throws `unknown-source`, `bad-request` (no container named), `not-found`, `source-unreachable`, `source-refused`, `busy`. */
  view<V extends EngineView>(
    person: Person,
    asked: { source: string; view: V; container: string | null },
    signal: AbortSignal,
  ): Promise<EngineAnswers[V]>;
};

/** Questions to one engine at a time, whoever asks: reading what lies on a disk may take it seconds. */
const bounds = { atOnce: 6, mostWaiting: 60 };
const container = /^[A-Za-z0-9][\w.-]{0,254}$/;

export function openEnginesDoor(engineOf: (person: Person, source: string) => EngineSource): EnginesDoor {
  const turns = new Map<string, Turns>();
  return {
    async view(person, { source, view, container: name }, signal) {
      const { slug, engine } = engineOf(person, source);
      if (containerViews.has(view) && (name === null || !container.test(name)))
        throw new StowageError("bad-request", `${view} is of a container, by its name or id`);
      const own = turns.get(slug) ?? new Turns(bounds);
      turns.set(slug, own);
      return await own.take(() => readView[view](engine, name ?? "", signal));
    },
  };
}
