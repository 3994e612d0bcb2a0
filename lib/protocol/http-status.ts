import type { ErrorCode } from "./error.ts";

/** The HTTP status by which the API tells an error. */
export const httpStatus: Readonly<Record<ErrorCode, number>> = {
  "bad-request": 400,
  "bad-query": 400,
  "signed-out": 401,
  forbidden: 403,
  "not-found": 404,
  "unknown-kind": 404,
  "unknown-source": 404,
  conflict: 409,
  "no-shell": 409,
  gone: 410,
  "too-large": 413,
  invalid: 422,
  "too-many": 429,
  internal: 500,
  "source-refused": 502,
  busy: 503,
  "source-unreachable": 503,
  "database-failed": 503,
  "audit-failed": 503,
};
