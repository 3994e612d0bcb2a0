import type { IncomingHttpHeaders } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

import { StowageError } from "../error.ts";
import { guardedLookup, isForbiddenAddress } from "./address-guard.ts";

export type Exchange = {
  readonly url: URL;
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The most bytes that are read; beyond them the answer is `too-large`. */
  readonly maxBytes: number;
  /** Milliseconds for all of it. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** PEM of further certificate authorities to believe. */
  readonly ca?: string;
};

export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

const standardTimeoutMs = 20_000;

/**
 * One request of its own and its whole answer. No redirect is followed and no cookie kept. Throws `source-unreachable` when nobody
 * answers or the address is one that is never asked, `too-large`, or the signal's reason.
 */
export function exchange({
  url,
  method = "GET",
  headers = {},
  body,
  maxBytes,
  ca,
  ...rest
}: Exchange): Promise<Answered> {
  const timeout = AbortSignal.timeout(rest.timeoutMs ?? standardTimeoutMs);
  const signal = rest.signal ? AbortSignal.any([rest.signal, timeout]) : timeout;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(rest.signal?.aborted ? rest.signal.reason : unreachable(url, error, timeout));
    if (url.protocol !== "https:" && url.protocol !== "http:")
      return reject(new StowageError("source-refused", `${url.protocol} is no address of a registry`));
    if (isForbiddenAddress(url.hostname)) return fail(new Error("this address is never asked"));
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = send(
      url,
      { method, headers: { ...headers, connection: "close" }, signal, lookup: guardedLookup, agent: false, ca },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          if (length <= maxBytes) return;
          reject(new StowageError("too-large", `${url.host} sent more than ${Math.round(maxBytes / 1024)} KiB`));
          response.destroy();
        });
        response.once("error", fail);
        response.once("end", () =>
          response.complete
            ? resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
            : fail(new Error("the answer was cut")),
        );
      },
    );
    request.once("error", fail);
    request.end(body);
  });
}

function unreachable(url: URL, error: Error, timeout: AbortSignal): StowageError {
  const why = timeout.aborted ? "no answer in time" : error.message;
  return new StowageError("source-unreachable", `${url.host}: ${why}`, { cause: error });
}
