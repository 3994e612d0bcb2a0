import type { ActionVerb } from "../../kinds/verbs.ts";
import type { ActionAnswer, KindSchema, MayAnswer, Revision } from "../../protocol/action-answer.ts";
import type { Ref } from "../../protocol/ref.ts";
import { ask } from "../ask.ts";
import type { Asked } from "../ask.ts";

/** Does it, or with `dryRun` asks how it would end. An answer has a result for each object, also where all of them failed. */
export async function askAction(
  verb: ActionVerb,
  body: object,
  dryRun: boolean,
  signal?: AbortSignal,
): Promise<Asked<ActionAnswer>> {
  const asked = await ask<ActionAnswer>(`/api/actions/${verb}${dryRun ? "?dryRun=true" : ""}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return asked;
}

export function askMay(kind: string, source: string, paths: readonly string[], signal: AbortSignal) {
  const search = new URLSearchParams([["kind", kind], ["source", source], ...paths.map((path) => ["path", path])]);
  return ask<MayAnswer>(`/api/actions?${search.toString()}`, { signal });
}

export function askRevisions({ source, path }: Ref, signal: AbortSignal) {
  const search = new URLSearchParams({ source, path });
  return ask<{ revisions: Revision[] }>(`/api/actions/revisions?${search.toString()}`, { signal });
}

export function askSchema(of: { source: string; apiVersion: string; kind: string }, signal: AbortSignal) {
  return ask<KindSchema>(`/api/schemas?${new URLSearchParams(of).toString()}`, { signal });
}
