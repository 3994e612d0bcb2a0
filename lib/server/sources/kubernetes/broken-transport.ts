import type { Transport } from "./transport.ts";

/** For a source whose configuration is broken: every request is answered with what is wrong with it. */
export function brokenTransport(problem: Error): Transport {
  return {
    request: () => Promise.reject(problem),
    openSocket: () => Promise.reject(problem),
    openTunnel: () => Promise.reject(problem),
    onConnectionLost: () => () => {},
    close: () => {},
  };
}
