import type { Duplex, Readable } from "node:stream";
import type { WebSocket } from "ws";
import type { Credential } from "../../access/person.ts";

export type KubeRequest = {
  readonly method: string;
  /** From the API's root, query included: `/api/v1/pods?limit=50`. A path in the kubeconfig's server address is put before it. */
  readonly path: string;
  /** Names in lower case. Credentials, impersonation and connection headers are the transport's own: it refuses them here. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A stream is sent as it comes, and only once: no second try follows. */
  readonly body?: string | Buffer | Readable;
  readonly signal?: AbortSignal;
  readonly credential: Credential;
  /** Ask for gzip and unpack it. Not for watches and logs: the compressor would hold lines back. */
  readonly gzip?: boolean;
  /** The program for which this is asked, told before our own name in the User-Agent. */
  readonly agent?: string;
  /** Milliseconds to the head of the answer, where the standard minute is wrong. */
  readonly responseTimeout?: number;
};

export type KubeResponse = {
  /** Whatever the server said, redirects too: none is followed. A 401 comes only after fresh credentials were tried. */
  readonly status: number;
  /** Names in lower case; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Reads with backpressure. Ends only where the server ended it: a lost connection is an `error`, and so is an abort (with the
   * signal's reason). Whoever does not read it to the end destroys it.
   */
  readonly body: Readable;
};

/** A WebSocket that is asked for: path, credential and signal as in a request. */
export type KubeSocketRequest = Pick<KubeRequest, "path" | "credential" | "signal"> & {
  /** Subprotocols, best first. */
  readonly protocols: readonly string[];
  /** The most bytes of one message; a longer one ends the socket. */
  readonly maxMessage: number;
};

/** An upgrade to a protocol that only the two ends speak. */
export type KubeTunnelRequest = Pick<
  KubeRequest,
  "method" | "path" | "headers" | "credential" | "signal" | "agent" | "responseTimeout"
> & {
  /** What the Upgrade header asks for: `websocket`, `SPDY/3.1`. */
  readonly protocol: string;
};

/** The bare connection after the upgrade, with what came behind its head; or whatever the server answered instead. */
export type KubeTunnel =
  | {
      readonly type: "open";
      readonly headers: KubeResponse["headers"];
      readonly socket: Duplex;
      readonly head: Buffer;
    }
  | { readonly type: "answer"; readonly answer: KubeResponse };

/**
 * Requests to one API server. Nothing is connected before the first one.
 *
 * A person's token never travels on a connection that presents the reader's client certificate, nor with headers of the reader.
 */
export type Transport = {
  /**
   * Resolves when the head of the answer is there. Rejects with `source-unreachable` when no answer came, `busy` when too many
   * streams are open, `signed-out` when the kubeconfig's credentials cannot be had, or the signal's reason on abort.
   */
  request(request: KubeRequest): Promise<KubeResponse>;
  /**
   * Opens a WebSocket on a connection of its own, paused: whoever listens resumes it. Rejects with a KubeError for any answer but
   * an upgrade, and as `request` does.
   */
  openSocket(request: KubeSocketRequest): Promise<WebSocket>;
  /** Asks for an upgrade on a connection of its own. Rejects as `request` does. */
  openTunnel(request: KubeTunnelRequest): Promise<KubeTunnel>;
  /** Calls back each time a connection is lost with what was on it; the returned function ends that. */
  onConnectionLost(callback: (error: Error) => void): () => void;
  close(): void;
};
