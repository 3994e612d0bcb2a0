import { get } from "node:https";
import type { RequestOptions } from "node:https";

import { KubeConfig } from "@kubernetes/client-node";

/**
 * A process of its own that reads one WatchList of all pods, splits it into lines and parses them, and nothing else: what no full
 * sync can cost less than. Usage: node read-bare.ts KUBECONFIG. Prints milliseconds from the request to the last initial event.
 */
const path =
  "/api/v1/pods?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";

const config = new KubeConfig();
config.loadFromFile(process.argv[2] ?? "");
const options: RequestOptions = {};
await config.applyToHTTPSOptions(options);

const began = performance.now();
const cpu = process.cpuUsage();
let objects = 0;
let bytes = 0;
let rest: Buffer[] = [];

type Event = { type: string; object: { metadata?: { annotations?: Record<string, string> } } };

function hear(line: string): void {
  const event = JSON.parse(line) as Event;
  if (event.type !== "BOOKMARK") objects += 1;
  else if (event.object.metadata?.annotations?.["k8s.io/initial-events-end"] === "true") end();
}

function end(): void {
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(`${JSON.stringify({ milliseconds, cpu: (user + system) / 1000, objects, bytes })}\n`);
  process.exit(0);
}

get(`${config.getCurrentCluster()?.server ?? ""}${path}`, { ...options, agent: false }, (response) => {
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const part = chunk.subarray(from, at);
      hear((rest.length === 0 ? part : Buffer.concat([...rest, part])).toString("utf8"));
      if (rest.length > 0) rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  });
  response.on("end", () => process.exit(3));
});
