import { httpStatus } from "../../../protocol/http-status.ts";
import { isStowageError } from "../../error.ts";

/** An answer of our own to a client of the Kubernetes API, which reads errors as `Status` objects. */
export type KubeStatus = { readonly code: number; readonly message: string };

const reasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  413: "RequestEntityTooLarge",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

export function statusText({ code, message }: KubeStatus): string {
  const reason = reasons[code] ?? "";
  return `${JSON.stringify({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code })}\n`;
}

/** What may be told of anything thrown on the way. Only our own errors have a text. */
export function statusOf(thrown: unknown): KubeStatus {
  if (!isStowageError(thrown)) return { code: 500, message: "Something went wrong in Stowage; its log says more." };
  const code = httpStatus[thrown.code];
  switch (thrown.code) {
    case "audit-failed":
      return { code, message: "Stowage could not write its audit log, so nothing was done." };
    case "source-unreachable":
      return { code, message: `Stowage cannot reach this cluster: ${thrown.detail ?? "no answer"}` };
    case "signed-out":
      return { code, message: thrown.detail ?? "Unauthorized" };
    default:
      return { code, message: thrown.detail ?? thrown.code };
  }
}

/** The message of an error that the API server answered, as far as its body was read. */
export function messageOf(text: string): string {
  try {
    const { kind, message } = JSON.parse(text) as { kind?: unknown; message?: unknown };
    return kind === "Status" && typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}
