import type { IncomingMessage } from "node:http";

import type { Credential } from "../../access/person.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import type { ApiTarget } from "./api-target.ts";
import { agentOf, requestHeaders } from "./forwarded-headers.ts";
import type { Asker } from "./identify.ts";

/** A request that is passed on: who asks, with what, of whom. */
export type Passed = {
  readonly asker: Asker;
  readonly source: ClusterSource;
  readonly credential: Credential;
  readonly target: ApiTarget;
};

/** The API server ends most requests within a minute, and programs behind it may think for longer, in ms. */
const responseTimeout = 5 * 60_000;

/** Where this API server stands here: what comes before its own paths. */
export function baseOf({ target }: Passed): string {
  return `/api/clusters/${encodeURIComponent(target.source)}`;
}

/** How it is asked of the API server, but for a body: with the person's own credential and those headers that may go on. */
export function askedOf(
  request: IncomingMessage,
  { credential, target }: Passed,
  isUpgrade: boolean,
  signal: AbortSignal,
) {
  return {
    method: request.method ?? "GET",
    path: target.path,
    headers: requestHeaders(request.headers, isUpgrade),
    agent: agentOf(request.headers),
    credential,
    signal,
    responseTimeout,
  };
}
