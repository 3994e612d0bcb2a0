import type { IncomingHttpHeaders } from "node:http";
import type { Readable, Writable } from "node:stream";
import type { KubeResponse } from "./transport.ts";

/** A request as it goes onto a connection: checked, with the server's path and every header. */
export type Outgoing = {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | Readable | null;
  readonly signal: AbortSignal | null;
  /** Milliseconds. */
  readonly responseTimeout: number;
};

/** A request that the server surely did not act on, so that it may go out again on another connection. */
export class NotSent extends Error {
  constructor(options: ErrorOptions) {
    super("the connection closed before the request was taken", options);
    this.name = "NotSent";
  }
}

/** One connection, or one pool of HTTP/1.1 connections. */
export type Connection = {
  send(request: Outgoing): Promise<KubeResponse>;
  close(): void;
};

export function flatHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(":") || value === undefined) continue;
    flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/** Destroys the body with the signal's reason on abort, and lets go of the signal when the body is done. */
export function abortWith(body: Readable, signal: AbortSignal | null): void {
  if (signal === null) return;
  const onAbort = () => {
    body.destroy(asError(signal.reason));
  };
  if (signal.aborted) return onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  body.once("close", () => signal.removeEventListener("abort", onAbort));
}

/** Sends a body as it comes, with backpressure; one that breaks off breaks the request off too. */
export function sendStream(body: Readable, to: Writable): void {
  // It may have broken off while the connection was being opened.
  if (body.destroyed) {
    to.destroy(body.errored ?? new Error("the request's body was cut"));
    return;
  }
  body.on("error", (error) => to.destroy(error));
  to.once("close", () => body.unpipe(to));
  body.pipe(to);
}

/** The promise, or a rejection with the signal's reason as soon as it aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(asError(signal.reason));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
