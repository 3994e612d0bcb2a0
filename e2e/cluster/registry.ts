import { join } from "node:path";
import { programPath } from "./debian-packages.ts";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";

export function registryAddress(plan: ClusterPlan): string {
  return `127.0.0.1:${plan.addresses.ports.registry}`;
}

/** Debian's registry with a configuration of our own: its default one asks for a password. */
export function registry(plan: ClusterPlan): ProcessSpec {
  const config = join(plan.paths.config, "registry.yaml");
  const settings = {
    version: 0.1,
    log: { level: "warn", accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: plan.paths.registry },
      delete: { enabled: true },
      cache: { blobdescriptor: "inmemory" },
    },
    http: { addr: registryAddress(plan), headers: { "X-Content-Type-Options": ["nosniff"] } },
  };
  return {
    name: "registry",
    command: programPath("docker-registry"),
    files: { [config]: JSON.stringify(settings) },
    args: ["serve", config],
    ready: async () => (await httpStatus(`http://${registryAddress(plan)}/v2/`)) === 200,
  };
}
