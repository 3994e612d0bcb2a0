import type { KubeStatus } from "./kube-status.ts";

/** A request below `/api/clusters/{source}`: the API server's own path, and its parts decoded once, as that server reads them. */
export type ApiTarget = {
  readonly source: string;
  /** With its query, exactly as it was sent. */
  readonly path: string;
  readonly segments: readonly string[];
  readonly params: URLSearchParams;
};

const prefix = "/api/clusters/";

export function isPassThrough(url: string | undefined): boolean {
  return url?.startsWith(prefix) ?? false;
}

/**
 * Reads a target that `isPassThrough`. Whatever two readers may take for two different paths is refused: dot segments, empty ones,
 * encoded slashes, doubly encoded signs.
 */
export function apiTarget(url: string): ApiTarget | KubeStatus {
  const [before = "", ...rest] = url.slice(prefix.length).split("?");
  const query = rest.length > 0 ? `?${rest.join("?")}` : "";
  const [source = "", ...encoded] = before.split("/");
  // One slash at the end says nothing.
  if (encoded.at(-1) === "") encoded.pop();
  const segments = encoded.map(decoded);
  const name = decoded(source);
  if (name === null || segments.some((segment) => segment === null) || !/^[!-~]*$/.test(url) || url.includes("#"))
    return { code: 400, message: "This path is not one that Stowage passes on: it can be read in two ways." };
  const path = `/${before.slice(source.length + 1)}`;
  return { source: name, path: `${path}${query}`, segments: segments as string[], params: new URLSearchParams(query) };
}

/** Null for a segment that another reader may take apart, or for none at all. */
function decoded(segment: string): string | null {
  try {
    const text = decodeURIComponent(segment);
    return text === "" || /^\.{1,2}$|[/\\%\u0000-\u001f\u007f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
