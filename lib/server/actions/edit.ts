import type { ActionInput } from "../../protocol/action.ts";
import type { EditConflict } from "../../protocol/action-answer.ts";
import type { KubeObject } from "../../protocol/object.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, listIn, objectIn, textIn } from "../../kinds/read-object.ts";
import { compareText } from "../../shared/compare.ts";
import { StowageError } from "../error.ts";
import { groupVersionOf } from "./api-of.ts";
import { ApiRefusal } from "./api-refusal.ts";
import type { Call } from "./call.ts";
import { comparable, isSame, writing } from "./call.ts";
import { changedFields } from "./changed-fields.ts";
import { mergeText, yamlDiff, yamlOf } from "./compare-yaml.ts";
import { parseDocuments } from "./parse-documents.ts";
import { readIfAllowed, send } from "./send.ts";
import type { Target } from "./target.ts";
import { rightOn } from "./target.ts";

/** A refusal because the object is no longer the one that was edited. */
export class EditRefused extends ApiRefusal {
  readonly conflict: EditConflict;

  constructor({ code, detail, status, causes }: ApiRefusal, conflict: EditConflict) {
    super(code, detail, status, causes);
    this.conflict = conflict;
  }
}

/** Puts an edited text in the place of the object, if it is still the one that was edited. Throws `invalid` at once for a text of another. */
export function edit(target: Target, { yaml, base }: ActionInput<"edit">): Call {
  const [document, ...more] = parseDocuments(yaml);
  if (!document || more.length > 0) throw new StowageError("invalid", "the text has to be one object");
  const { api, namespace, name } = target;
  const is = `${document.apiVersion} ${document.kind} ${document.namespace ?? ""}/${document.name}`;
  const was = `${groupVersionOf(api)} ${api.kind} ${namespace ?? ""}/${name}`;
  if (is !== was) throw new StowageError("invalid", `the text is of ${is}, and what is edited is ${was}`);
  if (textIn(objectIn(document.object, "metadata"), "resourceVersion") === null)
    throw new StowageError("invalid", "metadata.resourceVersion is missing: it tells what was edited");

  return {
    ref: target.ref,
    rights: [rightOn(target, "update")],
    kubectl: ["replace", "-f", `${name}.yaml`],
    detail: base === undefined ? {} : { changed: changedFields(parsed(base), document.object) },
    async run(dryRun) {
      const before = await readIfAllowed(target, target.path);
      const query = writing(dryRun, { fieldValidation: "Strict" });
      try {
        const sent = await send(target, { method: "PUT", path: target.path, query, body: document.object });
        const compare = { before: comparable(before), after: comparable(sent.object) };
        const unchanged = isSame(compare.before, compare.after);
        return { change: unchanged ? "unchanged" : "changed", warnings: sent.warnings, compare };
      } catch (thrown) {
        if (!(thrown instanceof ApiRefusal) || thrown.code !== "conflict") throw thrown;
        const current = await readIfAllowed(target, target.path);
        throw current === null ? thrown : new EditRefused(thrown, conflictOf(current, yaml, base));
      }
    },
  };
}

/** Managers by their last write, which is told to the second: of two in one second the other one is it, not ourselves. */
function latestFirst(a: JsonObject, b: JsonObject): number {
  const order = compareText(textIn(b, "time") ?? "", textIn(a, "time") ?? "");
  return order !== 0 ? order : Number(textIn(a, "manager") === "stowage") - Number(textIn(b, "manager") === "stowage");
}

function parsed(text: string): KubeObject | null {
  return parseDocuments(text)[0]?.object ?? null;
}

function conflictOf(object: KubeObject, mine: string, base: string | undefined): EditConflict {
  const { metadata, ...rest } = object;
  const { managedFields, ...shown } = metadata ?? {};
  const current = yamlOf({ ...rest, metadata: shown });
  // Whoever only reports a status changed nothing that is edited here.
  const managers = listIn({ managedFields }, "managedFields").map(asObject);
  const last = managers.filter((manager) => manager["subresource"] !== "status").toSorted(latestFirst)[0];
  const [before, edited] = [base, mine].map((text) => text?.replace(/\n*$/, "\n"));
  return {
    by: last ? textIn(last, "manager") : null,
    at: last ? textIn(last, "time") : null,
    // Without what changes by itself: what somebody did is looked for.
    theirs: base === undefined ? null : yamlDiff(comparable(parsed(base)), comparable(object)),
    current,
    merged: before === undefined || edited === undefined ? null : mergeText(before, edited, current),
  };
}
