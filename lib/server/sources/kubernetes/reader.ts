import type { ClientCertificate } from "./client-certificate.ts";

/** What the kubeconfig's user sends along: headers (authorization and impersonation) and perhaps a client certificate. */
export type ReaderIdentity = {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly certificate: ClientCertificate | null;
};

/** The credentials of one context, kept fresh. Errors are StowageErrors that name the context and never a secret. */
export type Reader = {
  /** The same object as long as nothing changed. */
  current(): Promise<ReaderIdentity>;
  /**
   * After the server refused `refused` with 401: fresh credentials, or null when there are no others. Concurrent calls share one
   * refresh, and a server that refuses everything causes at most one in ten seconds.
   */
  refresh(refused: ReaderIdentity): Promise<ReaderIdentity | null>;
};
