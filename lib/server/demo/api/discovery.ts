import { openapi } from "../openapi/documents.ts";
import { groupVersion, resources } from "./resources.ts";
import { subresourcesOf } from "./subresources.ts";

/** The version that the demo speaks. */
const gitVersion = "v1.37.2";

/** What discovery answers at a path; null for paths that are not discovery's. */
export function discover(path: string): object | null {
  switch (path) {
    case "/version":
      return {
        major: "1",
        minor: "37",
        gitVersion,
        platform: "linux/amd64",
        goVersion: "",
        compiler: "",
        gitCommit: "",
        gitTreeState: "",
        buildDate: "",
      };
    case "/api":
      return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] };
    case "/apis":
      return { kind: "APIGroupList", apiVersion: "v1", groups };
    default:
      return versionsOf(path) ?? openapi(path, gitVersion);
  }
}

/** Groups that only answer questions beside those that have objects. */
const groups = [...new Set([...resources.map(({ group }) => group), "authentication.k8s.io", "authorization.k8s.io"])]
  .filter((group) => group !== "")
  .map((name) => {
    const version = { groupVersion: `${name}/v1`, version: "v1" };
    return { name, versions: [version], preferredVersion: version };
  });

const reviews: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "authentication.k8s.io/v1": { selfsubjectreviews: "SelfSubjectReview", tokenreviews: "TokenReview" },
  "authorization.k8s.io/v1": {
    selfsubjectaccessreviews: "SelfSubjectAccessReview",
    selfsubjectrulesreviews: "SelfSubjectRulesReview",
  },
};

function versionsOf(path: string): object | null {
  const group = groups.find(({ name }) => path === `/apis/${name}` || path === `/apis/${name}/v1`);
  if (path === "/api/v1") return resourceList("v1");
  if (!group) return null;
  if (path === `/apis/${group.name}`) return { kind: "APIGroup", apiVersion: "v1", ...group };
  return resourceList(`${group.name}/v1`);
}

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

function resourceList(wanted: string): object {
  const served = resources.filter((resource) => groupVersion(resource) === wanted);
  const listed = served.flatMap((each) => {
    const { resource, singular, namespaced, kind, shortNames } = each;
    const own = { name: resource, singularName: singular, namespaced, kind, shortNames, verbs };
    const parts = subresourcesOf(each).map(({ name, ...part }) => ({
      name: `${resource}/${name}`,
      singularName: "",
      namespaced,
      ...part,
    }));
    return [own, ...parts];
  });
  const asked = Object.entries(reviews[wanted] ?? {}).map(([name, kind]) => ({
    name,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ["create"],
  }));
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: wanted,
    resources: [...listed, ...asked],
  };
}
