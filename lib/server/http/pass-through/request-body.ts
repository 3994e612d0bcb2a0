import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import type { Readable } from "node:stream";

import { StowageError } from "../../error.ts";
import { protobufBody } from "./protobuf-body.ts";

/** The API server takes no object beyond 3 MiB; a little more is read, so that it says so in its own words. */
const maxObject = 4 * 1024 * 1024;
/** What a program behind the API server may be sent. */
const maxProxied = 1024 * 1024 * 1024;

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** The whole body of a request for the API server itself. Throws `too-large`, or the signal's reason when the client goes away. */
export function objectBody(request: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(new StowageError("bad-request", "the request was cut"));
    // Whoever hung up while it was found out who they are says nothing any more, not even that.
    if (signal.aborted || (request.destroyed && !request.readableEnded)) return cut();
    signal.addEventListener("abort", cut, { once: true });
    const chunks: Buffer[] = [];
    let length = 0;
    if (Number(request.headers["content-length"] ?? 0) > maxObject) return reject(tooLarge(maxObject));
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxObject) reject(tooLarge(maxObject));
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => {
      signal.removeEventListener("abort", cut);
      cut();
    });
  });
}

/** The body as it comes, for a program behind the API server. */
export function proxiedBody(request: IncomingMessage): Readable {
  let length = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > maxProxied) done(tooLarge(maxProxied));
      else done(null, chunk);
    },
  });
  request.once("error", (error) => counted.destroy(error));
  request.once("close", () => {
    if (!request.complete) counted.destroy(new StowageError("bad-request", "the request was cut"));
  });
  return request.pipe(counted).on("error", () => undefined);
}

/** The object that was sent, as far as the audit log has a use for it; undefined where nobody here can read it. */
export function sentObject(body: Buffer, contentType: string): unknown {
  if (contentType.startsWith("application/vnd.kubernetes.protobuf")) return protobufBody(body);
  if (!/\bjson\b/.test(contentType)) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function tooLarge(most: number): StowageError {
  return new StowageError("too-large", `a body here may have ${most / 1024 / 1024} MiB at most`);
}
