/** What a container of the demo asks for and says. CPU in millicores, memory in MiB. */
export type ContainerShape = {
  name: string;
  image: string;
  cpu: number;
  memory: number;
  memoryLimit: number;
  port?: number;
  /** `init` runs before the others and ends; `sidecar` starts before them and stays. */
  role?: "init" | "sidecar";
  log: "http" | "worker" | "database" | "proxy" | "migration";
};

/** What is wrong with an application, as its pods show it. */
export type Fault =
  | { type: "crash"; words: readonly string[] }
  | { type: "memory" }
  | { type: "image"; tag: string }
  | { type: "too-large" }
  | { type: "unready"; message: string };

/** One deployment of the demo. `version` is its image's tag, and goes up with each rollout. */
export type App = {
  namespace: string;
  name: string;
  partOf: string;
  replicas: number;
  version: string;
  containers: readonly ContainerShape[];
  fault: Fault | null;
  /** Days since it was first deployed. */
  days: number;
};

/** `2.18.0` to `2.18.1`. */
export function nextVersion(version: string): string {
  const parts = version.split(".").map(Number);
  const last = parts.pop() ?? 0;
  return [...parts, last + 1].join(".");
}
