import { kindOf } from "../../kinds/index.ts";
import type { KubernetesApi } from "../../kinds/kind.ts";
import type { ObjectVerb } from "../../kinds/verbs.ts";
import { verbsFor } from "../../kinds/verbs.ts";
import type { ActionTarget } from "../../protocol/action.ts";
import type { Ref } from "../../protocol/ref.ts";
import { StowageError } from "../error.ts";
import { objectPath } from "../objects/read-object.ts";
import type { Right } from "./ask-access.ts";
import type { Sender } from "./send.ts";

/** One object that something is to be done to, and as whom. */
export type Target = Sender & {
  readonly ref: Ref;
  readonly uid: string | undefined;
  readonly api: KubernetesApi;
  /** Null for what is in no namespace. */
  readonly namespace: string | null;
  readonly name: string;
  /** Its address in the API. */
  readonly path: string;
};

/** Throws `unknown-kind`, `not-found` for a path that no object of the kind can have, `invalid` for a verb that is not of the kind. */
export function targetOf(sender: Sender, verb: ObjectVerb, { uid, ...ref }: ActionTarget): Target {
  const kind = kindOf(ref.kind);
  if (!kind?.api) throw new StowageError("unknown-kind", ref.kind);
  if (!verbsFor(kind, "cluster").includes(verb))
    throw new StowageError("invalid", `there is no ${verb} for ${kind.id}`);
  const path = objectPath(kind, ref.path);
  const [first = "", second = ""] = ref.path.split("/");
  const { api } = kind;
  return {
    ...sender,
    ref,
    uid,
    api,
    namespace: api.namespaced ? first : null,
    name: api.namespaced ? second : first,
    path,
  };
}

export function rightOn(target: Target, verb: string, subresource?: string): Right {
  const { api, namespace, name } = target;
  return {
    verb,
    group: api.group,
    resource: subresource ? `${api.resource}/${subresource}` : api.resource,
    namespace,
    name,
  };
}

/** `deployment/web`, with the group where kubectl would take the word for something else. */
export function kubectlName({ api, name }: Pick<Target, "api" | "name">): string {
  const known = ["", "apps", "batch"].includes(api.group);
  return `${api.kind.toLowerCase()}${known ? "" : `.${api.group}`}/${name}`;
}
