import type { ErrorCode } from "../../../protocol/error.ts";
import { StowageError } from "../../error.ts";

/** What an API server answered instead of what was asked. `detail` is the message of its Status, or the start of the body. */
export class KubeError extends StowageError {
  /** The HTTP status. */
  readonly status: number;
  /** `reason` of the Status (`Expired`, `Conflict` …); null where the body was none. */
  readonly reason: string | null;
  /** Seconds that the server asks to wait; null where it says nothing. */
  readonly retryAfter: number | null;

  constructor(
    code: ErrorCode,
    detail: string,
    answer: { status: number; reason: string | null; retryAfter: number | null },
  ) {
    super(code, detail);
    this.status = answer.status;
    this.reason = answer.reason;
    this.retryAfter = answer.retryAfter;
  }
}

export function isKubeError(thrown: unknown): thrown is KubeError {
  return thrown instanceof KubeError;
}

const maxBodyInDetail = 300;

/** The error that an answer other than 2xx means. `body` is as much of the text as was read. */
export function errorOfAnswer(status: number, headers: Readonly<Record<string, string>>, body: string): KubeError {
  const told = statusOf(body);
  const reason = told?.reason ?? null;
  return new KubeError(codeOf(status), told?.message || messageOf(status, headers, body), {
    status,
    reason,
    retryAfter: retryAfterOf(headers["retry-after"], told?.retryAfterSeconds),
  });
}

/** The error that a Status object inside a watch stream means (`{"type":"ERROR","object":{…}}`). */
export function errorOfStatusObject(object: unknown): KubeError {
  const told = toldBy(object);
  const status = told?.code ?? 500;
  return new KubeError(codeOf(status), told?.message || `the API server ended the stream with ${status}`, {
    status,
    reason: told?.reason ?? null,
    retryAfter: retryAfterOf(undefined, told?.retryAfterSeconds),
  });
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 400:
    case 422:
      return "bad-request";
    case 401:
      return "signed-out";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 410:
      return "gone";
    case 413:
      return "too-large";
    case 429:
    case 503:
      return "busy";
    case 502:
    case 504:
      return "source-unreachable";
    default:
      return "source-refused";
  }
}

type Told = { message?: string; reason?: string; code?: number; retryAfterSeconds?: number };

function statusOf(body: string): Told | null {
  if (!body.startsWith("{")) return null;
  try {
    return toldBy(JSON.parse(body));
  } catch {
    return null;
  }
}

function toldBy(object: unknown): Told | null {
  if (typeof object !== "object" || object === null) return null;
  const { kind, message, reason, code, details } = object as Record<string, unknown>;
  if (kind !== "Status") return null;
  const wait =
    typeof details === "object" && details !== null ? (details as Record<string, unknown>)["retryAfterSeconds"] : 0;
  return {
    message: typeof message === "string" ? message : undefined,
    reason: typeof reason === "string" ? reason : undefined,
    code: typeof code === "number" ? code : undefined,
    retryAfterSeconds: typeof wait === "number" && wait > 0 ? wait : undefined,
  };
}

function messageOf(status: number, headers: Readonly<Record<string, string>>, body: string): string {
  if (status >= 300 && status < 400) {
    // A redirect is never followed: the credential would go along.
    return `the server redirects (${status}) to ${originOf(headers["location"])}; put the final address into the kubeconfig`;
  }
  const text = body.trim().slice(0, maxBodyInDetail);
  return text === "" || text.startsWith("<")
    ? `the server answered ${status}`
    : `the server answered ${status}: ${text}`;
}

function originOf(location: string | undefined): string {
  if (location === undefined || location.startsWith("/")) return "another path";
  return URL.parse(location)?.origin ?? "another address";
}

/** `Retry-After` in seconds, or what the Status says; a date counts from now. */
function retryAfterOf(header: string | undefined, told: number | undefined): number | null {
  if (header !== undefined && /^\d{1,6}$/.test(header)) return Number(header);
  if (header !== undefined) {
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - Date.now()) / 1000));
  }
  return told ?? null;
}
