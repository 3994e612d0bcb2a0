import { get } from "node:https";
import type { RequestOptions } from "node:https";
import type { Readable } from "node:stream";

import { KubeConfig } from "@kubernetes/client-node";

import type { ClusterSource } from "../../lib/server/sources/kubernetes/cluster-source.ts";

const path =
  "/api/v1/pods?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=600";

/** Milliseconds by the clock, and of this process's processor time. */
export type Cost = { ms: number; cpu: number };
type Read = { events: number; bytes: number } & Cost;

/** Medians of reading every pod, line by line and parsed, on a new watch each time, in interleaved pairs. */
export async function compareReads(
  source: ClusterSource,
  kubeconfig: string,
  pairs: number,
): Promise<{ events: number; bytes: number; transport: Cost; bare: Cost }> {
  const options = await httpsOptions(kubeconfig);
  // The first of each pays for what is loaded once.
  const warmed = await overTransport(source);
  await overHttps(source.server, options);
  const transport: Read[] = [];
  const bare: Read[] = [];
  for (let index = 0; index < pairs; index++) {
    transport.push(await overTransport(source));
    bare.push(await overHttps(source.server, options));
  }
  return { events: warmed.events, bytes: warmed.bytes, transport: median(transport), bare: median(bare) };
}

async function overTransport(source: ClusterSource): Promise<Read> {
  const cost = startCost();
  const abort = new AbortController();
  const { body } = await source.open({ method: "GET", path, credential: { type: "reader" }, signal: abort.signal });
  const read = await readToBookmark(body);
  abort.abort(new Error("read to the bookmark"));
  return { ...read, ...cost() };
}

async function overHttps(server: string, options: RequestOptions): Promise<Read> {
  const cost = startCost();
  const { promise, resolve, reject } = Promise.withResolvers<Readable>();
  const request = get(`${server}${path}`, { ...options, agent: false }, resolve);
  request.on("error", reject);
  const read = await readToBookmark(await promise);
  request.destroy();
  return { ...read, ...cost() };
}

function startCost(): () => Cost {
  const from = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - from, cpu: (user + system) / 1000 };
  };
}

/** Reads until the bookmark that ends the initial events; parses every line, as anything that uses them must. */
function readToBookmark(body: Readable): Promise<{ events: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    let pending: Buffer[] = [];
    let events = 0;
    let bytes = 0;
    const line = (text: string) => {
      events += 1;
      const event = JSON.parse(text) as {
        type: string;
        object: { metadata: { annotations?: Record<string, string> } };
      };
      if (event.type !== "BOOKMARK" || event.object.metadata.annotations?.["k8s.io/initial-events-end"] !== "true")
        return;
      body.off("data", onData);
      resolve({ events, bytes });
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        pending.push(chunk.subarray(start, end));
        const whole = pending.length === 1 ? pending[0] : Buffer.concat(pending);
        pending = [];
        start = end + 1;
        line(whole?.toString("utf8") ?? "");
      }
      pending.push(chunk.subarray(start));
    };
    const onEnd = () => reject(new Error(`the watch ended after ${events} events, before all had come`));
    body.on("data", onData).on("error", reject).on("end", onEnd);
  });
}

async function httpsOptions(kubeconfig: string): Promise<RequestOptions> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options;
}

function median(reads: readonly Cost[]): Cost {
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return { ms: middle(reads.map(({ ms }) => ms)), cpu: middle(reads.map(({ cpu }) => cpu)) };
}
