import { docker } from "./engine.ts";
import type { ClusterPlan } from "./options.ts";
import { report } from "./progress.ts";
import { shopImage } from "./seed/pod-template.ts";

interface Container {
  name: string;
  args: (plan: ClusterPlan) => string[];
  /** One that has ended is as it should be. */
  ends?: boolean;
}

const compose = (service: string) => [
  "--label=com.docker.compose.project=till",
  `--label=com.docker.compose.service=${service}`,
  "--network=till_default",
  `--network-alias=${service}`,
];

const containers: Container[] = [
  {
    name: "till-web-1",
    args: (plan) => [...compose("web"), "--publish", "127.0.0.1::8080", "--memory", "64m", shopImage(plan, "web")],
  },
  {
    name: "till-worker-1",
    args: (plan) => [...compose("worker"), "--volume", "till_data:/data", shopImage(plan, "worker")],
  },
  {
    name: "one-off",
    ends: true,
    args: (plan) => [shopImage(plan, "tools"), "-c", 'echo "checking disk"; echo "disk is full" >&2; exit 3'],
  },
];

/** Containers that no cluster knows: what one person's own engine has. */
export async function ensureEngineContainers(plan: ClusterPlan): Promise<void> {
  const lines = (await docker(plan, ["ps", "--all", "--format", "{{.Names}} {{.State}}"])).trim().split("\n");
  const states = new Map(lines.map((line) => line.split(" ") as [string, string]));
  const wanted = containers.filter(({ name, ends }) => states.get(name) !== (ends ? "exited" : "running"));
  if (wanted.length === 0) return;
  report(`running ${wanted.length} containers in the engine`);
  const networks = (await docker(plan, ["network", "ls", "--format", "{{.Name}}"])).split("\n");
  if (!networks.includes("till_default")) {
    await docker(plan, ["network", "create", "--label", "com.docker.compose.project=till", "till_default"]);
  }
  for (const { name, args } of wanted) {
    if (states.has(name)) await docker(plan, ["rm", "--force", name]);
    await docker(plan, ["run", "--detach", "--name", name, ...args(plan)]);
  }
}
