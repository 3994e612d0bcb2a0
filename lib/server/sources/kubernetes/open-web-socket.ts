import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { StowageError } from "../../error.ts";
import { abortWith, asError, flatHeaders } from "./http-message.ts";
import { errorOfAnswer } from "./kube-error.ts";
import { readSome } from "./read-body.ts";
import type { Timings } from "./timings.ts";

/** A WebSocket to be opened on a connection that stands: everything is decided, checked and complete. */
export type Upgrade = {
  readonly socket: Socket;
  readonly path: string;
  readonly authority: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Subprotocols, best first. */
  readonly protocols: readonly string[];
  /** The most bytes of one message; a longer one ends the socket. */
  readonly maxMessage: number;
  readonly signal: AbortSignal | null;
  readonly timings: Timings;
};

const maxError = 64 * 1024;

/**
 * Upgrades the connection and gives the socket paused, so that nothing is lost before somebody listens. Throws a KubeError for any
 * other answer, `source-refused` where the server speaks none of the subprotocols. No redirect is followed.
 */
export function openWebSocket(upgrade: Upgrade): Promise<WebSocket> {
  const { socket, path, authority, headers, protocols, maxMessage, signal, timings } = upgrade;
  // The connection has its TLS already: to `ws` it is a plain one.
  const live = new WebSocket(`ws://${authority}${path}`, [...protocols], {
    createConnection: () => socket,
    headers: { ...headers, host: authority } as Record<string, string>,
    handshakeTimeout: timings.response,
    perMessageDeflate: false,
    maxPayload: maxMessage,
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      live.terminate();
      reject(asError(signal?.reason));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    const settle = (act: () => void) => {
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    // Stays: an error after the upgrade is followed by `close`, and without a listener it would end the process.
    live.on("error", (error) => settle(() => reject(refusalOf(error))));
    live.once("open", () => {
      live.pause();
      settle(() => resolve(live));
    });
    live.once("unexpected-response", (request, response) => {
      void errorOf(response, signal).then((error) => {
        request.destroy();
        settle(() => reject(error));
      });
    });
  });
}

async function errorOf(response: IncomingMessage, signal: AbortSignal | null): Promise<Error> {
  abortWith(response, signal);
  // The status is what counts: an error text that cannot be read is left out.
  const text = await readSome(response, maxError).catch(() => "");
  return errorOfAnswer(response.statusCode ?? 502, flatHeaders(response.headers), text);
}

function refusalOf(error: Error): Error {
  return /subprotocol|Invalid (Upgrade|Sec-WebSocket)/.test(error.message)
    ? new StowageError("source-refused", `the server does not open a WebSocket as Kubernetes does: ${error.message}`)
    : error;
}
