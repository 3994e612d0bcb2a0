import { isIP } from "node:net";
import { z } from "zod";

import { ConfigError } from "../config/parse-config.ts";

/** The label by which the pods of the readers are found, as deploy/node-reader.yaml sets it. */
const readerLabel = { name: "app.kubernetes.io/name", value: "stowage-node-reader" } as const;
const standardPort = 7118;

const podSchema = z.object({
  metadata: z.object({
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    deletionTimestamp: z.string().nullish(),
  }),
  spec: z.object({
    nodeName: z.string().nullish(),
    containers: z.array(
      z.object({
        ports: z.array(z.object({ name: z.string().nullish(), containerPort: z.number() })).nullish(),
      }),
    ),
  }),
  status: z
    .object({
      podIP: z.string().nullish(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
    })
    .nullish(),
});

/**
 * Addresses of the readers by node, from pod objects as the API server tells them. Only pods that are ready, with the label, in that
 * namespace; the port is the container's by the name `reader`. That a pod says so makes it no reader: its answer has to be signed.
 */
export function readerAddresses(pods: readonly unknown[], namespace: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const said of pods) {
    const pod = podSchema.safeParse(said);
    if (!pod.success) continue;
    const { metadata, spec, status } = pod.data;
    if (metadata.namespace !== namespace || metadata.labels?.[readerLabel.name] !== readerLabel.value) continue;
    const isReady = status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") ?? false;
    const address = status?.podIP ?? "";
    const family = isIP(address);
    if (!isReady || metadata.deletionTimestamp || !spec.nodeName || family === 0) continue;
    const ports = spec.containers.flatMap((container) => container.ports ?? []);
    const port = ports.find(({ name }) => name === "reader")?.containerPort ?? standardPort;
    found.set(spec.nodeName, `http://${family === 6 ? `[${address}]` : address}:${port}`);
  }
  return found;
}

/**
 * What `--node-readers` names: `node=http://10.0.0.7:7118` for a node of whichever cluster, `cluster/node=…` for one of that cluster,
 * comma-separated. Throws ConfigError.
 */
export function parseNodeReaders(text: string): (source: string, node: string) => string | null {
  const named = new Map<string, string>();
  for (const part of text.split(",").map((each) => each.trim())) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const [name, address] = [part.slice(0, Math.max(at, 0)), part.slice(at + 1)];
    const url = URL.canParse(address) ? new URL(address) : null;
    if (name === "" || url?.protocol !== "http:" || url.pathname !== "/" || url.search !== "" || url.username !== "")
      throw new ConfigError(`--node-readers takes readers such as node-1=http://10.0.0.7:7118, not "${part}".`);
    named.set(name, url.origin);
  }
  return (source, node) => named.get(`${source}/${node}`) ?? named.get(node) ?? null;
}
