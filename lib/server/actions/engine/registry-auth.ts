import type { RegistryCredential } from "../../registries/credentials.ts";

/** Docker Hub's name among credentials is an address of long ago. */
const hub = "https://index.docker.io/v1/";

/** The header by which an engine is lent a credential for one registry and one request. */
export function registryAuth(registry: string, credential: RegistryCredential): string {
  const serveraddress = registry === "docker.io" ? hub : registry;
  const auth =
    credential.type === "password"
      ? { username: credential.username, password: credential.password, serveraddress }
      : { identitytoken: credential.token, serveraddress };
  // With its padding: dockerd takes a header without for none at all, and says nothing.
  return Buffer.from(JSON.stringify(auth)).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
