import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Requests to a node's reader are signed with a secret that both sides hold and that never travels: HMAC-SHA256 over method, target,
 * time and a nonce. The answer is signed over that nonce and its bytes, so that nobody else can answer in the reader's place.
 */
const scheme = "Stowage-HMAC-SHA256";
/** How far the clocks of the two may be apart, in ms. */
const maxSkewMs = 60_000;
/** Nonces that are remembered; only what bears a good signature is. */
const maxNonces = 10_000;
/** Shortest secret, in characters. */
export const shortestSecret = 32;

/** Name of the answer's header. */
export const answerHeader = "stowage-signature";

/** Why a request is not served. */
export type Refusal = "unsigned" | "wrong" | "stale" | "replayed" | "busy";

export function newNonce(): string {
  return randomBytes(18).toString("base64url");
}

/** Value of the header `authorization`. `target` is the path with its query, `at` a time in ms. */
export function signRequest(
  secret: string,
  request: { method: string; target: string; at: number; nonce: string },
): string {
  return `${scheme} time=${request.at}, nonce=${request.nonce}, signature=${requestMac(secret, request).toString("base64url")}`;
}

export function signAnswer(secret: string, nonce: string, status: number, body: string | Uint8Array): string {
  return answerMac(secret, nonce, status, body).toString("base64url");
}

export function isAnswerSigned(
  secret: string,
  answer: { nonce: string; status: number; body: Uint8Array; signature: string | null },
): boolean {
  if (answer.signature === null) return false;
  return isSame(answer.signature, answerMac(secret, answer.nonce, answer.status, answer.body));
}

/** Checks requests; each signature is good once. */
export class RequestCheck {
  private readonly secret: string;
  private readonly now: () => number;
  /** When each may be forgotten, oldest first. */
  private readonly seen = new Map<string, number>();

  constructor(secret: string, now: () => number = Date.now) {
    this.secret = secret;
    this.now = now;
  }

  check(method: string, target: string, header: string | undefined): { nonce: string } | { refused: Refusal } {
    const said = /^Stowage-HMAC-SHA256 time=(\d{1,15}), nonce=([\w-]{16,64}), signature=([\w-]{43})$/.exec(
      header ?? "",
    );
    if (!said) return { refused: "unsigned" };
    const [, time = "", nonce = "", signature = ""] = said;
    const at = Number(time);
    if (!isSame(signature, requestMac(this.secret, { method, target, at, nonce }))) return { refused: "wrong" };
    const now = this.now();
    if (Math.abs(now - at) > maxSkewMs) return { refused: "stale" };
    for (const [old, until] of this.seen) {
      if (until > now) break;
      this.seen.delete(old);
    }
    if (this.seen.has(nonce)) return { refused: "replayed" };
    if (this.seen.size >= maxNonces) return { refused: "busy" };
    // From the clock that is furthest ahead to the one furthest behind.
    this.seen.set(nonce, now + 2 * maxSkewMs + 1);
    return { nonce };
  }
}

function requestMac(secret: string, request: { method: string; target: string; at: number; nonce: string }): Buffer {
  const { method, target, at, nonce } = request;
  return createHmac("sha256", secret).update(["request", method, target, at, nonce].join("\n")).digest();
}

function answerMac(secret: string, nonce: string, status: number, body: string | Uint8Array): Buffer {
  const digest = createHash("sha256").update(body).digest("hex");
  return createHmac("sha256", secret).update(["answer", nonce, status, digest].join("\n")).digest();
}

function isSame(signature: string, mac: Buffer): boolean {
  const given = Buffer.from(signature, "base64url");
  return given.length === mac.length && timingSafeEqual(given, mac);
}
