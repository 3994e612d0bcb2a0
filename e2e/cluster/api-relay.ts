import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";

/**
 * The API server listens on loopback, where no pod can reach it. This hands connections to the address of the node's
 * bridge on to it, so that `kubernetes.default` (the service) works for pods.
 */
export function apiRelay(plan: ClusterPlan): ProcessSpec {
  const { nodeAddress, ports } = plan.addresses;
  return {
    name: "api-relay",
    command: process.execPath,
    args: [fileURLToPath(import.meta.url), nodeAddress, String(ports.apiServer)],
    ready: async () => (await httpStatus(`https://${nodeAddress}:${ports.apiServer}/readyz`)) === 200,
  };
}

function relay(address: string, port: number): void {
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  server.listen(port, address);
}

if (import.meta.main) relay(process.argv[2] ?? "", Number(process.argv[3]));
