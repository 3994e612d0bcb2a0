import { shellCommand } from "../../shared/shell-quote.ts";
import { isStowageError } from "../error.ts";
import { askAccess } from "./ask-access.ts";
import type { Call } from "./call.ts";
import type { Deed } from "./deed.ts";
import type { Sender } from "./send.ts";

/** A call to a cluster, which the API server allows or not. */
export function clusterDeed(sender: Sender, call: Call): Deed {
  return {
    ref: call.ref,
    detail: call.detail,
    command: commandOf(sender, call),
    refusal: () => refusalOf(sender, call),
    run: (dryRun) => call.run(dryRun),
  };
}

/** Why the API server does not let this person do it, in its own words; null when it does. */
async function refusalOf(sender: Sender, call: Call): Promise<string | null> {
  const answers = await Promise.all(call.rights.map((right) => askAccess(sender, right)));
  const missing = answers.find((answer) => answer !== null);
  if (!missing) return null;
  // A review says no without a sentence; a trial, which changes nothing, is refused with one.
  const words = await call.run(true).then(
    () => null,
    (thrown: unknown) => (isStowageError(thrown) && thrown.code === "forbidden" ? (thrown.detail ?? null) : null),
  );
  const where = missing.namespace === null ? "" : ` in the namespace "${missing.namespace}"`;
  const asked = `the API server does not allow to ${missing.verb} ${missing.resource}${where}`;
  return words ?? (missing.reason === "" ? asked : `${asked}: ${missing.reason}`);
}

function commandOf({ source }: Sender, { kubectl, ref }: Call): string {
  const namespaced = ref.path.includes("/") ? ["-n", ref.path.slice(0, ref.path.indexOf("/"))] : [];
  return shellCommand(["kubectl", "--context", source.title, ...namespaced, ...kubectl]);
}
