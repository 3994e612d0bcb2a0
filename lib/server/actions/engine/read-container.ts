import { z } from "zod";

import { StowageError } from "../../error.ts";
import type { EngineTarget } from "./engine-target.ts";
import { sameObject } from "./engine-target.ts";

const schema = z.object({
  Id: z.string(),
  Name: z.string(),
  SizeRw: z.number().nullish(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean().catch(false),
    Paused: z.boolean().catch(false),
    Restarting: z.boolean().catch(false),
  }),
  Config: z.object({ StopTimeout: z.number().nullish() }).nullish(),
  HostConfig: z.object({ AutoRemove: z.boolean().catch(false) }).nullish(),
  Mounts: z.array(z.object({ Type: z.string().nullish(), Name: z.string().nullish() })).nullish(),
});

export type ContainerNow = {
  readonly id: string;
  readonly name: string;
  /** The engine's own word: created, running, paused, restarting, exited, dead. */
  readonly state: string;
  /** Has processes, paused ones too. */
  readonly running: boolean;
  readonly paused: boolean;
  /** Is removed by the engine when it ends. */
  readonly autoRemove: boolean;
  /** Seconds that it has to end, in its own words; null where it has none. */
  readonly stopTimeout: number | null;
  /** Of the writable layer, where it was asked for and told. */
  readonly writable: number | null;
  /** Volumes that it mounts, by name. */
  readonly volumes: readonly string[];
};

/** A container as it is now. Throws what Engine.json throws, `conflict` for another one under the same name. */
export async function readContainer(target: EngineTarget, { size = false } = {}): Promise<ContainerNow> {
  const path = `/containers/${encodeURIComponent(target.ref.path)}/json${size ? "?size=1" : ""}`;
  const said = schema.safeParse(await target.engine.json({ path, responseTimeout: 120_000 }));
  if (!said.success)
    throw new StowageError("source-refused", `${target.engine.where} did not say what the container is`);
  const { Id, Name, SizeRw, State, Config, HostConfig, Mounts } = said.data;
  sameObject(target, Id);
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    state: State.Status,
    running: State.Running || State.Restarting,
    paused: State.Paused,
    autoRemove: HostConfig?.AutoRemove ?? false,
    stopTimeout: Config?.StopTimeout ?? null,
    writable: SizeRw ?? null,
    volumes: (Mounts ?? []).flatMap(({ Type, Name: volume }) => (Type === "volume" && volume ? [volume] : [])),
  };
}
