import { createHash } from "node:crypto";

/** A TLS client certificate with its key, both PEM. `id` names the pair without telling it. */
export type ClientCertificate = { readonly id: string; readonly cert: Buffer; readonly key: Buffer };

export function clientCertificate(cert: Buffer, key: Buffer): ClientCertificate {
  return { id: createHash("sha256").update(cert).update(key).digest("hex"), cert, key };
}
