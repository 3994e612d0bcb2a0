import type { KubernetesApi } from "../../kinds/kind.ts";
import { asObject, objectIn, textIn } from "../../kinds/read-object.ts";
import type { ActionInput } from "../../protocol/action.ts";
import type { ActionResult } from "../../protocol/action-answer.ts";
import type { Ref } from "../../protocol/ref.ts";
import { pause } from "../../shared/pause.ts";
import { StowageError } from "../error.ts";
import { parseGroupVersion } from "./api-of.ts";
import { applyCall } from "./apply.ts";
import type { Call } from "./call.ts";
import { clusterDeed } from "./cluster-deed.ts";
import type { Document } from "./parse-documents.ts";
import { parseDocuments } from "./parse-documents.ts";
import type { Performing } from "./perform.ts";
import { failed, perform } from "./perform.ts";
import type { Sender } from "./send.ts";

/** An API server serves a kind a moment after it was told of it, in ms. */
const servedWithin = 5_000;
const betweenMs = 200;

/**
 * Applies the documents of a text in their order, each told by itself; one that fails does not keep the others. Throws `invalid`
 * for a text that is not understood, and nothing of it is done.
 */
export async function applyDocuments(
  performing: Performing,
  sender: Sender,
  input: ActionInput<"apply">,
): Promise<ActionResult[]> {
  const documents = parseDocuments(input.yaml);
  const { dryRun } = performing;
  const known = new Map<string, Promise<readonly KubernetesApi[]>>();
  const results: ActionResult[] = [];
  for (const [index, document] of documents.entries()) {
    const before = documents.slice(0, index);
    const isNewKind = before.some((each) => defines(each, document));
    let call: Call;
    try {
      const find = () => applyCall(sender, input, document, known);
      call = isNewKind && !dryRun ? await onceServed(find, known) : await find();
    } catch (thrown) {
      const result = failed({ ref: unknownRef(sender, document) }, "", thrown);
      results.push(isNewKind && dryRun ? unchecked(result) : result);
      continue;
    }
    const result = await perform(performing, clusterDeed(sender, call));
    const namespace = call.ref.path.includes("/") ? call.ref.path.slice(0, call.ref.path.indexOf("/")) : null;
    const isNewPlace =
      namespace !== null && before.some((each) => each.kind === "Namespace" && each.name === namespace);
    results.push(dryRun && isNewPlace && result.error?.code === "not-found" ? unchecked(result) : result);
  }
  return results;
}

/** It stands in something that the same text makes: there is nothing wrong yet. */
function unchecked(result: ActionResult): ActionResult {
  return { ...result, outcome: "ready", change: "created", error: null, unchecked: true };
}

function defines(document: Document, { apiVersion, kind }: Document): boolean {
  if (document.kind !== "CustomResourceDefinition") return false;
  const spec = objectIn(document.object, "spec");
  const group = apiVersion.includes("/") ? parseGroupVersion(apiVersion).group : "";
  return textIn(spec, "group") === group && textIn(objectIn(asObject(spec), "names"), "kind") === kind;
}

async function onceServed(find: () => Promise<Call>, known: Map<string, unknown>): Promise<Call> {
  const stop = new AbortController();
  for (const end = Date.now() + servedWithin; ;) {
    known.clear();
    try {
      return await find();
    } catch (thrown) {
      if (!(thrown instanceof StowageError) || thrown.code !== "invalid" || Date.now() > end) throw thrown;
      await pause(betweenMs, stop.signal);
    }
  }
}

/** The name of something whose kind the cluster does not know. */
function unknownRef({ source }: Sender, { kind, namespace, name }: Document): Ref {
  const path = namespace === null ? name : `${namespace}/${name}`;
  return { kind: kind.toLowerCase(), source: source.slug, path };
}
