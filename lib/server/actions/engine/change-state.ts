import { StowageError } from "../../error.ts";
import type { Effect } from "../call.ts";
import type { EngineCall, EngineTarget } from "./engine-target.ts";
import type { ContainerNow } from "./read-container.ts";
import { readContainer } from "./read-container.ts";

export type StateVerb = "start" | "stop" | "restart" | "pause" | "unpause" | "kill";
type Asked = { readonly timeout?: number | undefined; readonly signal?: string };

/** Seconds that an engine gives what says nothing itself. */
const usualTimeout = 10;
const answerMs = 30_000;

/** Brings a container into another state. A preview tells from which into which. */
export function changeState(verb: StateVerb, target: EngineTarget, { timeout, signal }: Asked = {}): EngineCall {
  const words = {
    ...(timeout === undefined ? {} : { timeout }),
    ...(signal === undefined ? {} : { signal }),
  };
  return {
    ref: target.ref,
    docker: [
      "container",
      verb,
      ...(timeout === undefined ? [] : [`--time=${timeout}`]),
      ...(signal === undefined ? [] : [`--signal=${signal}`]),
      target.ref.path,
    ],
    detail: words,
    async run(dryRun): Promise<Effect> {
      const now = await readContainer(target);
      const after = afterOf(verb, now, signal);
      const ends = now.autoRemove && after === "exited" && now.running;
      const warnings = ends ? ["it was run with --rm: the engine removes it when it ends"] : [];
      const told = { warnings, uid: now.id };
      const compare = { before: { state: now.state }, after: { state: after ?? now.state } };
      if (verb !== "restart" && after === now.state) return { ...told, change: "unchanged" };
      if (dryRun) return { ...told, change: "changed", ...(after === null || verb === "restart" ? {} : { compare }) };
      const query = new URLSearchParams({
        ...(timeout === undefined ? {} : { t: String(timeout) }),
        ...(signal === undefined ? {} : { signal }),
      }).toString();
      const waits = verb === "stop" || verb === "restart" ? (timeout ?? now.stopTimeout ?? usualTimeout) : 0;
      const { status, body } = await target.engine.open({
        method: "POST",
        path: `/containers/${now.id}/${verb}${query === "" ? "" : `?${query}`}`,
        responseTimeout: waits * 1000 + answerMs,
      });
      body.resume();
      return { ...told, change: status === 304 ? "unchanged" : "changed" };
    },
  };
}

/** The state that it has afterwards; null where only the container decides. Throws `conflict` where it cannot be done from this one. */
function afterOf(verb: StateVerb, now: ContainerNow, signal: string | undefined): string | null {
  const no = (why: string): StowageError => new StowageError("conflict", `${now.name} ${why}`);
  switch (verb) {
    case "start":
      if (now.paused) throw no("is paused: it goes on with unpause");
      return now.running ? now.state : "running";
    case "stop":
      return now.running ? "exited" : now.state;
    case "restart":
      return "running";
    case "pause":
      if (!now.running) throw no(`does not run (${now.state})`);
      return "paused";
    case "unpause":
      if (!now.paused) throw no(`is not paused (${now.state})`);
      return "running";
    case "kill":
      if (!now.running) throw no(`does not run (${now.state})`);
      return signal === "SIGKILL" || signal === "KILL" || signal === "9" ? "exited" : null;
  }
}
