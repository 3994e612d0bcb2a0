/** The namespaces in which somebody may list and watch a kind. Cluster-scoped kinds are seen whole ("all") or not at all. */
export type Scope = "all" | ReadonlySet<string>;

export const nothing: Scope = new Set();

export function inScope(scope: Scope, namespace: string): boolean {
  return scope === "all" || scope.has(namespace);
}

/** The same text for the same scope: what views are keyed by. */
export function scopeKey(scope: Scope): string {
  return scope === "all" ? "*" : [...scope].toSorted().join(",");
}

export function sameScope(a: Scope, b: Scope): boolean {
  return a === b || scopeKey(a) === scopeKey(b);
}
