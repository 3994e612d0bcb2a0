import type { KubernetesApi } from "../../kinds/kind.ts";
import { kindList } from "../../kinds/index.ts";
import { asObject, listIn, textIn } from "../../kinds/read-object.ts";
import { StowageError } from "../error.ts";
import { ApiRefusal } from "./api-refusal.ts";
import type { Sender } from "./send.ts";
import { send } from "./send.ts";

/** `v1`, `apps/v1`. */
export function groupVersionOf({ group, version }: Pick<KubernetesApi, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** A group and a version are each a few labels of DNS: nothing else may come into a path. */
const groupVersion = /^(?:([a-z0-9]([a-z0-9.-]*[a-z0-9])?)\/)?(v[a-z0-9]+)$/;

/** Throws `invalid` for a text that is no apiVersion. */
export function parseGroupVersion(apiVersion: string): { group: string; version: string } {
  const found = groupVersion.exec(apiVersion);
  if (!found) throw new StowageError("invalid", `${apiVersion} is no apiVersion`);
  return { group: found[1] ?? "", version: found[3] ?? "" };
}

/**
 * Where the cluster serves a kind: by the kinds that Stowage knows, else by discovery, asked once a `known`. Throws `invalid`
 * where the cluster has no such kind.
 */
export async function apiOf(
  sender: Sender,
  apiVersion: string,
  kind: string,
  known: Map<string, Promise<readonly KubernetesApi[]>>,
): Promise<KubernetesApi> {
  const { group, version } = parseGroupVersion(apiVersion);
  const curated = kindList.find(({ api }) => api?.group === group && api.version === version && api.kind === kind)?.api;
  if (curated) return curated;
  const served = known.get(apiVersion) ?? discover(sender, group, version);
  known.set(apiVersion, served);
  const api = (await served).find((each) => each.kind === kind);
  if (!api) throw new StowageError("invalid", `the cluster has no kind ${kind} in ${apiVersion}`);
  return api;
}

async function discover(sender: Sender, group: string, version: string): Promise<readonly KubernetesApi[]> {
  const path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  try {
    const { object } = await send(sender, { method: "GET", path });
    return listIn(asObject(object), "resources")
      .map(asObject)
      .flatMap((each): KubernetesApi[] => {
        const [resource, kind] = [textIn(each, "name"), textIn(each, "kind")];
        if (resource === null || kind === null || resource.includes("/")) return [];
        return [{ group, version, resource, kind, namespaced: each["namespaced"] === true }];
      });
  } catch (thrown) {
    if (thrown instanceof ApiRefusal && thrown.code === "not-found") return [];
    throw thrown;
  }
}
