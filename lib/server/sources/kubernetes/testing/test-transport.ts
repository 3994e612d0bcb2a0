import type { ClientCertificate } from "../client-certificate.ts";
import { clientCertificate } from "../client-certificate.ts";
import { openTransport } from "../open-transport.ts";
import type { TransportOptions } from "../open-transport.ts";
import type { Reader, ReaderIdentity } from "../reader.ts";
import { readBody } from "../read-body.ts";
import { standardTimings } from "../timings.ts";
import type { Timings } from "../timings.ts";
import type { KubeResponse, Transport } from "../transport.ts";
import type { Pair } from "./test-certificates.ts";

export const asReader = { type: "reader" } as const;
export const asPerson = { type: "token", token: "persons-token" } as const;

export function fixedReader(headers: ReaderIdentity["headers"] = {}, pair: Pair | null = null): Reader {
  const certificate: ClientCertificate | null = pair === null ? null : clientCertificate(pair.cert, pair.key);
  const identity = { headers, certificate };
  return { current: () => Promise.resolve(identity), refresh: () => Promise.resolve(null) };
}

export type TestTransportOptions = Partial<Omit<TransportOptions, "timings">> & {
  server: URL;
  ca?: Buffer;
  timings?: Partial<Timings>;
};

/** A transport to a test server; closed by whoever made it. */
export function testTransport({ ca, timings, ...options }: TestTransportOptions): Transport {
  return openTransport({
    route: () => ({ type: "direct" }),
    trust: { ca: () => Promise.resolve(ca ?? null), serverName: null, insecure: false },
    reader: fixedReader(),
    userAgent: "stowage/test",
    credentialsOverHttp: false,
    timings: { ...standardTimings, ...timings },
    ...options,
  });
}

export async function textOf(response: KubeResponse): Promise<string> {
  return (await readBody(response.body, 64 * 1024 * 1024)).toString("utf8");
}
