/**
 * Headers by which the process tells Next what it knows of a request. The request handler sets them and drops whatever a client
 * sent under these names.
 */
export const innerHeaders = {
  /** The peer's IP address, or what a trusted proxy said of it. */
  address: "x-stowage-address",
  /** `1` where a secure cookie can travel: HTTPS, or a loopback name. */
  secure: "x-stowage-secure",
  /** Path and query as they were asked for. */
  path: "x-stowage-path",
} as const;
