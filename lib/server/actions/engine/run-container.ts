import { z } from "zod";

import type { ActionInput } from "../../../protocol/action.ts";
import { dockerRun } from "../../../shared/docker-run.ts";
import { isStowageError, StowageError } from "../../error.ts";
import type { Engine } from "../../sources/docker/engine.ts";
import { containerBody } from "./container-body.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { dockerCommand, sameObject } from "./engine-target.ts";
import { lookAhead } from "./look-ahead.ts";

type Input = ActionInput<"run">;

const imageSchema = z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullish() });
const created = z.object({ Id: z.string(), Warnings: z.array(z.string()).nullish() });
const named = z.object({ Name: z.string() });
const createMs = 120_000;

/** Makes a container of an image and starts it. What does not start is removed again, with the volumes that were new. */
export function runContainer(target: EngineTarget, input: Input): EngineCall {
  const { engine, source, ref } = target;
  const { objects: _objects, image: wanted, keep, ...spec } = input;
  const { name, network, ports, volumes, restart, readOnly } = spec;
  return {
    ref,
    docker: dockerRun(wanted ?? ref.path.slice(0, 12), spec),
    // Neither values of the environment nor the command, which may hold secrets.
    detail: {
      ...(name === undefined ? {} : { name }),
      ...(wanted === undefined ? {} : { image: wanted }),
      env: spec.env.map((each) => each.name),
      ports,
      volumes,
      ...(network === undefined ? {} : { network }),
      restart,
      readOnly,
    },
    async run(dryRun) {
      const image = imageSchema.parse(await engine.json({ path: `/images/${encodeURIComponent(ref.path)}/json` }));
      sameObject(target, image.Id);
      const tags = (image.RepoTags ?? []).filter((tag) => !tag.startsWith("<none>"));
      if (wanted !== undefined && !tags.includes(wanted))
        throw new StowageError("conflict", `${wanted} is no name of this image any more`);
      const called = wanted ?? tags[0] ?? image.Id;
      const command = dockerCommand(source, dockerRun(called, spec));
      const { newVolumes } = await lookAhead(engine, spec);
      if (dryRun) return { change: "created", warnings: [], command };
      const query = name === undefined ? "" : `?${new URLSearchParams({ name }).toString()}`;
      const body = containerBody(called, spec);
      const answer = created.parse(
        await engine.json({ method: "POST", path: `/containers/create${query}`, body, responseTimeout: createMs }),
      );
      const id = encodeURIComponent(answer.Id);
      try {
        await engine.json({ method: "POST", path: `/containers/${id}/start`, responseTimeout: createMs });
      } catch (thrown) {
        throw keep ? withWords(thrown, "it was kept, and does not run") : await tidied(engine, id, newVolumes, thrown);
      }
      const { Name } = named.parse(await engine.json({ path: `/containers/${id}/json` }));
      return {
        change: "created",
        warnings: answer.Warnings ?? [],
        command,
        made: { kind: "containers", source: source.slug, path: Name.replace(/^\//, "") },
      };
    },
  };
}

/** What was thrown, after nothing of it is left; where that cannot be had, it says so. */
async function tidied(engine: Engine, id: string, volumes: readonly string[], thrown: unknown): Promise<unknown> {
  try {
    await engine.json({ method: "DELETE", path: `/containers/${id}?force=true&v=true`, responseTimeout: createMs });
    for (const volume of volumes)
      await engine.json({ method: "DELETE", path: `/volumes/${encodeURIComponent(volume)}` });
    return withWords(thrown, "it was removed again");
  } catch {
    return withWords(thrown, `what was made could not be removed: container ${id.slice(0, 12)}`);
  }
}

function withWords(thrown: unknown, words: string): unknown {
  if (!isStowageError(thrown)) return thrown;
  return new StowageError(thrown.code, `${thrown.detail ?? "it did not start"} (${words})`, { cause: thrown });
}
