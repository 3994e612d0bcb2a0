/**
 * Who is asking. `id` names the person and the credentials held (never a credential itself) and is what scopes are keyed by.
 * `credential` gives the bearer token for a source, or `reader` where the person is the one the kubeconfig belongs to (the local
 * face), or null where the person has none for that source and so sees nothing of it.
 */
export type Person = {
  readonly id: string;
  /** Who it is whatever they hold, as in the table of people: what roles hang on and what the audit log names. */
  readonly account: string;
  readonly name: string;
  /** For what has no RBAC of its own: the status page, settings. Kubernetes objects never ask for it. */
  readonly role: Role;
  /** The session by which they came, as the list of sessions names it; null for a bearer token. */
  readonly session: string | null;
  /** Where the request came from, an IP address; empty where there was none. */
  readonly address: string;
  readonly credential: (source: string) => Credential | null;
};

export type Credential = { readonly type: "reader" } | { readonly type: "token"; readonly token: string };

/** Each may do what those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Whether somebody's role is this one or a higher one. */
export function hasRole(person: Person, least: Role): boolean {
  return roles.indexOf(person.role) >= roles.indexOf(least);
}
