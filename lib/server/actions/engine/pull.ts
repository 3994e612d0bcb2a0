import type { ActionInput } from "../../../protocol/action.ts";
import { familiarName, parseImageReference } from "../../../shared/image-reference.ts";
import { StowageError } from "../../error.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import { imageAddress } from "./engine-target.ts";
import { ofThisEngine } from "./of-this-engine.ts";
import type { Pulls } from "./pulls.ts";
import { pulledReference } from "./pulls.ts";

/** Has an engine fetch an image. It goes on in this process when whoever asked is gone. */
export function pull(target: EngineTarget, { image, wait }: ActionInput<"pull">, pulls: Pulls, by: string): EngineCall {
  const reference = parseImageReference(image);
  if (!reference) throw new StowageError("invalid", `“${image}” is no name of an image`);
  const name = familiarName(pulledReference(reference));
  return {
    ref: target.ref,
    docker: ["image", "pull", name],
    detail: { image: name },
    async run(dryRun) {
      await ofThisEngine(target);
      if (dryRun) {
        const { status, body } = await target.engine.request({ path: `/images/${imageAddress(name)}/json` });
        body.resume();
        return { change: status === 200 ? "changed" : "created", warnings: [] };
      }
      const job = pulls.start(target.source, reference, by);
      if (!wait) return { change: "begun", warnings: [], job };
      const error = await job.ended;
      if (error) throw error;
      return { change: "created", warnings: [] };
    },
  };
}
