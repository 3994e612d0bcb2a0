import { groupVersion, resources } from "./resources.ts";

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
      return {
        kind: "APIGroupList",
        apiVersion: "v1",
        groups: [
          { name: "apps", versions: [apps], preferredVersion: apps },
          { name: "batch", versions: [batch], preferredVersion: batch },
        ],
      };
    case "/api/v1":
      return resourceList("v1");
    case "/apis/apps/v1":
      return resourceList("apps/v1");
    case "/apis/batch/v1":
      return resourceList("batch/v1");
    default:
      return null;
  }
}

const apps = { groupVersion: "apps/v1", version: "v1" };
const batch = { groupVersion: "batch/v1", version: "v1" };

function resourceList(wanted: string): object {
  const listed = resources
    .filter((resource) => groupVersion(resource) === wanted)
    .map(({ resource, singular, namespaced, kind, shortNames }) => ({
      name: resource,
      singularName: singular,
      namespaced,
      kind,
      shortNames,
      verbs: ["get", "list", "watch"],
    }));
  const log = { name: "pods/log", singularName: "", namespaced: true, kind: "Pod", verbs: ["get"] };
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: wanted,
    resources: wanted === "v1" ? [...listed, log] : listed,
  };
}
