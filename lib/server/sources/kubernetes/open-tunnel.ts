import type { IncomingMessage } from "node:http";
import { request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import { StowageError } from "../../error.ts";
import { abortWith, asError, flatHeaders } from "./http-message.ts";
import type { KubeTunnel } from "./transport.ts";

/** An upgrade to be asked for on a connection that stands: everything is decided, checked and complete. */
export type TunnelRequest = {
  readonly socket: Socket;
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The protocol of the Upgrade header. */
  readonly protocol: string;
  readonly signal: AbortSignal;
  /** Milliseconds to the head of the answer. */
  readonly responseTimeout: number;
};

/**
 * Asks for an upgrade and gives the bare connection, whatever is spoken on it from there; or the answer, where it is another. The
 * signal ends both. No redirect is followed.
 */
export function openTunnel(request: TunnelRequest): Promise<KubeTunnel> {
  const { socket, method, path, authority, headers, protocol, signal, responseTimeout } = request;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      createConnection: () => socket,
      method,
      path,
      headers: { ...headers, host: authority, connection: "Upgrade", upgrade: protocol } as Record<string, string>,
    });
    const onAbort = () => {
      outgoing.destroy(asError(signal.reason));
      socket.destroy();
    };
    const timer = setTimeout(() => {
      outgoing.destroy(new StowageError("source-unreachable", `no answer within ${responseTimeout / 1000} s`));
    }, responseTimeout);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", onAbort));
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    outgoing.once("upgrade", (message: IncomingMessage, _socket, head: Buffer) => {
      socket.on("error", () => socket.destroy());
      settle(() => resolve({ type: "open", headers: flatHeaders(message.headers), socket, head }));
    });
    outgoing.once("response", (message) => {
      abortWith(message, signal);
      message.on("error", () => {});
      message.once("close", () => socket.destroy());
      const answer = { status: message.statusCode ?? 502, headers: flatHeaders(message.headers), body: message };
      settle(() => resolve({ type: "answer", answer }));
    });
    outgoing.on("error", (error) => settle(() => reject(error)));
    if (signal.aborted) return onAbort();
    outgoing.end();
  });
}
