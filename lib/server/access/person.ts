/**
 * Who is asking. `id` names the person and the credential (never the credential itself) and is what scopes are keyed by.
 * `credential` gives the bearer token for a source, or `reader` where the person is the one the kubeconfig belongs to (the local
 * face), or null where the person has none for that source and so sees nothing of it.
 */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly credential: (source: string) => Credential | null;
};

export type Credential = { readonly type: "reader" } | { readonly type: "token"; readonly token: string };
