import { isStowageError } from "../error.ts";
import { log } from "../log.ts";
import type { FindCredential } from "./credentials.ts";
import { dockerConfigCredentials, dockerConfigHosts } from "./docker-config.ts";
import { hubSearchAddress } from "./hub-search.ts";
import { readRegistriesFile } from "./registries-file.ts";
import type { BookOptions, ListedRegistry } from "./registry-book.ts";

export type ListOptions = {
  /** The file of `--registries`, null for none. */
  readonly file: string | null;
  readonly face: "local" | "team";
  /** Registries of the demo, null where it is none: then nothing outside is asked. */
  readonly demo: readonly { readonly host: string; readonly url: string }[] | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

const nobody: FindCredential = () => Promise.resolve(null);

/**
 * Which registries there are. The file's come first; in the local face also those of the person's Docker client and Docker Hub. A
 * team's server asks no others, since names of images come from whoever may make a pod. Throws ConfigError for the file.
 */
export async function listRegistries({ file, face, demo, ...client }: ListOptions): Promise<BookOptions> {
  const named = file === null ? [] : readRegistriesFile(file);
  const own = face === "local" && demo === null;
  const clientCredential = own ? dockerConfigCredentials({ ...client, allowHelpers: true }) : nobody;
  const listed: ListedRegistry[] = named.map(({ credential, ...registry }) => ({
    ...registry,
    origin: "settings",
    credential: () => Promise.resolve(credential()),
  }));
  const add = (host: string, rest: Pick<ListedRegistry, "origin" | "address" | "credential">) => {
    if (!listed.some((registry) => registry.host === host))
      listed.push({ host, title: host === "docker.io" ? "Docker Hub" : host, realms: [], ca: null, ...rest });
  };
  for (const { host, url } of demo ?? []) add(host, { origin: "demo", address: new URL(url), credential: nobody });
  if (own) {
    const origin = "docker-client";
    for (const host of await clientHosts(client)) {
      if (host !== "docker.io") add(host, { origin, address: null, credential: clientCredential });
    }
    add("docker.io", { origin: "standard", address: null, credential: clientCredential });
  }
  return { listed, asksOthers: own, clientCredential, hubSearch: hubSearchAddress };
}

/** A docker config that cannot be read is told when it is needed, and not by ending here. */
async function clientHosts(client: Pick<ListOptions, "env" | "home">): Promise<string[]> {
  try {
    return await dockerConfigHosts(client);
  } catch (thrown) {
    if (!isStowageError(thrown)) throw thrown;
    log.warn("registries.problem", { problem: thrown.message });
    return [];
  }
}
