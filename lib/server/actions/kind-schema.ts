import { asObject, listIn, objectIn } from "../../kinds/read-object.ts";
import type { KindSchema } from "../../protocol/action-answer.ts";
import { StowageError } from "../error.ts";
import { parseGroupVersion } from "./api-of.ts";
import type { Sender } from "./send.ts";

/** The core group's document has several MiB. */
const maxBytes = 32 * 1024 * 1024;
const prefix = "#/components/schemas/";

/** What the cluster itself says about a kind: its part of the OpenAPI v3 document. Throws `not-found` where it says nothing. */
export async function kindSchema(
  { source, credential }: Sender,
  apiVersion: string,
  kind: string,
): Promise<KindSchema> {
  const { group, version } = parseGroupVersion(apiVersion);
  const path = group === "" ? `/openapi/v3/api/${version}` : `/openapi/v3/apis/${group}/${version}`;
  const document = asObject(await source.getJson(path, credential, { maxBytes }));
  const all = objectIn(objectIn(document, "components"), "schemas");
  const root = Object.keys(all).find((name) =>
    listIn(asObject(all[name]), "x-kubernetes-group-version-kind").some((each) => {
      const one = asObject(each);
      return one["group"] === group && one["version"] === version && one["kind"] === kind;
    }),
  );
  if (root === undefined) throw new StowageError("not-found", `the cluster describes no ${kind} of ${apiVersion}`);
  return { root, schemas: reachable(all, root) };
}

function reachable(all: Readonly<Record<string, unknown>>, root: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const names = [root];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (Object.hasOwn(found, name) || !Object.hasOwn(all, name)) continue;
    found[name] = all[name];
    names.push(...referencesIn(all[name]));
  }
  return found;
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    key === "$ref" && typeof field === "string" && field.startsWith(prefix)
      ? [field.slice(prefix.length)]
      : referencesIn(field),
  );
}
