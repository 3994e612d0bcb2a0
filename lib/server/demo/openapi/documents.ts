import { createHash } from "node:crypto";

import type { Resource } from "../api/resources.ts";
import { groupVersion, resources } from "../api/resources.ts";
import { schemaName, schemaOf, withReferences } from "./schemas.ts";
import type { Schemas } from "./schema.ts";

/** What `/openapi/v3…` answers; null for paths that lead nowhere. */
export function openapi(path: string, gitVersion: string): object | null {
  const versions = new Map(resources.map((resource) => [pathOf(resource), resource]));
  if (path === "/openapi/v3") {
    const paths = [...versions.keys()].map((key) => {
      const hash = createHash("sha512")
        .update(JSON.stringify(document(key, gitVersion)))
        .digest("hex")
        .toUpperCase();
      return [key, { serverRelativeURL: `/openapi/v3/${key}?hash=${hash}` }];
    });
    return { paths: Object.fromEntries(paths) };
  }
  const key = path.replace(/^\/openapi\/v3\//, "");
  return versions.has(key) ? document(key, gitVersion) : null;
}

function document(key: string, version: string): object {
  const served = resources.filter((resource) => pathOf(resource) === key);
  const first: Schemas = Object.fromEntries(served.map((resource) => [schemaName(resource), schemaOf(resource)]));
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version },
    paths: Object.fromEntries(served.flatMap(pathsOf)),
    components: { schemas: withReferences(first) },
  };
}

function pathOf(resource: Resource): string {
  return resource.group === "" ? `api/${resource.version}` : `apis/${groupVersion(resource)}`;
}

/** What can be said of a write beside its body; kubectl looks for `fieldValidation` before it relies on the server's. */
const parameters = ["dryRun", "fieldManager", "fieldValidation"].map((name) => ({
  name,
  in: "query",
  schema: { type: "string", uniqueItems: true },
}));

/** The paths of a resource, with the kind that is read and written there. */
function pathsOf(resource: Resource): [string, object][] {
  const base = `/${pathOf(resource)}/${resource.namespaced ? "namespaces/{namespace}/" : ""}${resource.resource}`;
  const schema = { $ref: `#/components/schemas/${schemaName(resource)}` };
  const content = { "application/json": { schema } };
  const { group, version, kind } = resource;
  const operation = (action: string, body: boolean) => ({
    description: `${action} ${kind}`,
    tags: [group === "" ? `core_${version}` : `${group}_${version}`],
    ...(body ? { requestBody: { required: true, content }, parameters } : {}),
    responses: { "200": { description: "OK", content } },
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": { group, version, kind },
  });
  return [
    [base, { get: operation("list", false), post: operation("post", true) }],
    [
      `${base}/{name}`,
      {
        get: operation("get", false),
        put: operation("put", true),
        patch: operation("patch", true),
        delete: operation("delete", false),
      },
    ],
  ];
}
