/** Names one object of one source. `path` is what follows the source in a row's key: `shop/web-7d9`, `real-1`. */
export type Ref = { readonly kind: string; readonly source: string; readonly path: string };

/** A row's key from its source and the segments after it. */
export function keyOf(source: string, ...segments: string[]): string {
  return `${source}/${segments.join("/")}`;
}

/** Splits a row's key into source and path; a key without a slash is all source. */
export function refOf(kind: string, key: string): Ref {
  const slash = key.indexOf("/");
  return slash < 0
    ? { kind, source: key, path: "" }
    : { kind, source: key.slice(0, slash), path: key.slice(slash + 1) };
}

/** The address of an object's page; every segment is encoded, since names of RBAC objects may hold `:` and `%`. */
export function hrefOf(ref: Ref): string {
  const segments = [ref.kind, ref.source, ...ref.path.split("/")];
  return `/${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
}
