import type { Source } from "../source.ts";
import type { Engine } from "./engine.ts";

/** A container engine: Docker's, or Podman behind the same API. It knows no people: who may what is Stowage's own roles. */
export type EngineSource = Source & {
  readonly type: "engine";
  readonly engine: Engine;
};

export function engineSource(engine: Engine, identity: { slug: string; title: string }): EngineSource {
  return { type: "engine", ...identity, engine, close: () => engine.close() };
}
