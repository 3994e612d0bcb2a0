import type { KubernetesApi } from "../../kinds/kind.ts";
import { objectIn } from "../../kinds/read-object.ts";
import type { ActionInput } from "../../protocol/action.ts";
import { resourcePath } from "../watch/resource-path.ts";
import { apiOf } from "./api-of.ts";
import type { Call } from "./call.ts";
import { comparable, isSame, writing } from "./call.ts";
import type { Document } from "./parse-documents.ts";
import type { Sender } from "./send.ts";
import { readIfAllowed, send } from "./send.ts";

/** Makes what a document says so, wherever the cluster serves its kind. Throws `invalid` where it does not. */
export async function applyCall(
  sender: Sender,
  input: ActionInput<"apply">,
  document: Document,
  known: Map<string, Promise<readonly KubernetesApi[]>>,
): Promise<Call> {
  const api = await apiOf(sender, document.apiVersion, document.kind, known);
  const usual = input.namespace ?? sender.source.defaultNamespace ?? "default";
  return applyOne(sender, api, api.namespaced ? (document.namespace ?? usual) : null, document, input.force);
}

function applyOne(
  sender: Sender,
  api: KubernetesApi,
  namespace: string | null,
  { object, name }: Document,
  force: boolean,
): Call {
  const path = resourcePath(api, namespace, name);
  const { managedFields: _fields, resourceVersion: _version, uid: _uid, ...metadata } = objectIn(object, "metadata");
  const { status: _status, ...rest } = object;
  const body = { ...rest, metadata: { ...metadata, ...(namespace === null ? {} : { namespace }) } };
  return {
    ref: {
      kind: api.group === "" ? api.resource : `${api.resource}.${api.group}`,
      source: sender.source.slug,
      path: namespace === null ? name : `${namespace}/${name}`,
    },
    rights: [{ verb: "patch", group: api.group, resource: api.resource, namespace, name }],
    kubectl: [
      "apply",
      "--server-side",
      "--field-manager=stowage",
      ...(force ? ["--force-conflicts"] : []),
      "-f",
      `${name}.yaml`,
    ],
    detail: { apiVersion: object["apiVersion"], force },
    async run(dryRun) {
      const before = await readIfAllowed(sender, path);
      const query = writing(dryRun, { force: String(force), fieldValidation: "Strict" });
      const sent = await send(sender, { method: "PATCH", path, query, body, type: "apply-patch" });
      const compare = { before: comparable(before), after: comparable(sent.object) };
      const kept = isSame(compare.before, compare.after) ? "unchanged" : "changed";
      return { change: sent.status === 201 ? "created" : kept, warnings: sent.warnings, compare };
    },
  };
}
