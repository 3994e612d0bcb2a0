import { z } from "zod";

import type { Engine } from "../../sources/docker/engine.ts";

const schema = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()).nullish(), ImageID: z.string(), State: z.string() }),
);

export type ListedContainer = {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: string;
};

/** Containers that the engine's own filters find, running or not. Throws what Engine.json throws, or ZodError. */
export async function listContainers(
  engine: Engine,
  filters: Readonly<Record<string, readonly string[]>> = {},
): Promise<ListedContainer[]> {
  const query = new URLSearchParams({ all: "1", filters: JSON.stringify(filters) }).toString();
  return schema.parse(await engine.json({ path: `/containers/json?${query}` })).map((each) => ({
    id: each.Id,
    name: (each.Names?.[0] ?? each.Id.slice(0, 12)).replace(/^\//, ""),
    image: each.ImageID,
    state: each.State,
  }));
}

/** The same in words, with their states: `web (running)`. */
export async function usersOf(engine: Engine, filters: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  return (await listContainers(engine, filters)).map(inWords);
}

export function inWords({ name, state }: Pick<ListedContainer, "name" | "state">): string {
  return `${name} (${state})`;
}
