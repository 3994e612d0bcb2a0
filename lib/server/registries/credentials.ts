/** What is shown to a registry or to the realm that it names. An identity token is traded for access tokens by OAuth2. */
export type RegistryCredential =
  | { readonly type: "password"; readonly username: string; readonly password: string }
  | { readonly type: "identity-token"; readonly token: string };

/** The credential for a registry's host (`docker.io`, `ghcr.io`, `127.0.0.1:5000`); null where there is none: it is asked as anybody. */
export type FindCredential = (registry: string) => Promise<RegistryCredential | null>;

/** A line of `auths`, of a docker config or of a pull secret. */
export type AuthEntry = {
  auth?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
  identitytoken?: string | undefined;
};

/** null for a line that holds nothing usable. */
export function credentialOf(entry: AuthEntry): RegistryCredential | null {
  if (entry.identitytoken) return { type: "identity-token", token: entry.identitytoken };
  if (entry.username && entry.password !== undefined)
    return { type: "password", username: entry.username, password: entry.password };
  const [username, password] = splitOnce(Buffer.from(entry.auth ?? "", "base64").toString("utf8"));
  // Docker pads some of them with NULs.
  return username === "" ? null : { type: "password", username, password: password.replace(/\0+$/, "") };
}

/** The keys under which a docker config may hold a registry: Docker Hub's is an address of long ago. */
export function keysOf(registry: string): readonly string[] {
  if (registry === "docker.io")
    return ["https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io"];
  return [registry, `https://${registry}`, `http://${registry}`, `https://${registry}/`, `https://${registry}/v2/`];
}

function splitOnce(text: string): [string, string] {
  const colon = text.indexOf(":");
  return colon < 0 ? ["", ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
