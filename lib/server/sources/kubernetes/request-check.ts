import { StowageError } from "../../error.ts";

/** Names a caller may not set: they say who asks, or belong to the connection. */
const reserved =
  /^(authorization|cookie|host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-length|expect|http2-settings|user-agent|proxy-.*|impersonate-.*|x-remote-.*|:.*)$/;

export function checkedHeaders(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Record<string, string | readonly string[]> {
  const checked: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (reserved.test(lower)) throw new StowageError("bad-request", `the header ${lower} may not be set`);
    checked[lower] = value;
  }
  return checked;
}

/**
 * The path on the server. Refuses what could leave the path of the server's address (a gateway serves several clusters side by
 * side) and what is no path: dot segments, also encoded ones, backslashes, spaces and control characters.
 */
export function checkedPath(server: URL, path: string): string {
  const [before = ""] = path.split("?", 1);
  const escapes = before.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
  if (!path.startsWith("/") || path.startsWith("//") || escapes || !/^[!-[\]-~]+$/.test(path) || path.includes("#")) {
    throw new StowageError("bad-request", "not a path of the Kubernetes API");
  }
  return server.pathname.replace(/\/+$/, "") + path;
}

const maxToken = 16 * 1024;

/** A bearer token as RFC 6750 has it, more or less; anything else would be refused by the server or split the header. */
export function checkedToken(token: string): string {
  if (token.length > maxToken || !/^[!-~]+$/.test(token))
    throw new StowageError("signed-out", "that is not a bearer token");
  return token;
}
