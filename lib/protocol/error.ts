/** Codes of every error that reaches a person or a script; the words for them are in lib/i18n under `errors`. */
export type ErrorCode =
  | "bad-request"
  | "bad-query"
  | "signed-out"
  | "forbidden"
  | "not-found"
  | "unknown-kind"
  | "unknown-source"
  | "source-unreachable"
  | "source-refused"
  | "registry-login"
  | "too-many"
  | "too-large"
  | "gone"
  | "busy"
  | "conflict"
  | "invalid"
  | "database-failed"
  | "audit-failed"
  | "no-shell"
  | "limited"
  | "https-needed"
  | "wrong-password"
  | "weak-password"
  | "login-taken"
  | "token-unknown"
  | "link-spent"
  | "last-admin"
  | "internal";

/** An error as it travels. `detail` is plain text from a source or a parser, to be shown as such. */
export type WireError = { code: ErrorCode; detail?: string };
