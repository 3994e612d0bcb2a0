import type { KubeObject } from "../../../protocol/object.ts";
import type { Backend } from "../api/backend.ts";
import { badRequest, notFound } from "../api/fault.ts";
import type { Target } from "../api/parse-target.ts";
import { pods } from "../api/resources.ts";
import type { PodSpec } from "../life/container-shapes.ts";

/** An exec as it was asked for. */
export type AskedExec = {
  pod: KubeObject;
  container: string;
  command: readonly string[];
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
};

/** Reads what is to be run, and where. Throws what an API server answers before it upgrades. */
export function containerToRun({ store }: Backend, target: Target, query: URLSearchParams): AskedExec {
  const { namespace, name } = target;
  const pod = store.get(pods, namespace ?? "", name ?? "");
  if (!pod) throw notFound(pods, name ?? "");
  const command = query.getAll("command");
  const isTrue = (field: string) => /^(true|1)$/.test(query.get(field) ?? "");
  const [stdin, stdout, stderr, tty] = ["stdin", "stdout", "stderr", "tty"].map(isTrue);
  if (!stdin && !stdout && !stderr) throw badRequest("you must specify at least 1 of stdin, stdout, stderr");
  const { phase } = (pod as { status?: { phase?: string } }).status ?? {};
  if (phase === "Succeeded" || phase === "Failed") {
    throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const { spec } = pod as { spec: PodSpec };
  const container = containerOf(name ?? "", spec, query.get("container") ?? "");
  if (!spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  return {
    pod,
    container,
    command,
    stdin: stdin === true,
    stdout: stdout === true,
    stderr: stderr === true,
    tty: tty === true,
  };
}

function containerOf(pod: string, { containers, initContainers = [] }: PodSpec, asked: string): string {
  const names = containers.map(({ name }) => name);
  const before = initContainers.map(({ name }) => name);
  if ([...names, ...before].includes(asked)) return asked;
  if (asked !== "") throw badRequest(`container ${asked} is not valid for pod ${pod}`);
  const [only] = names;
  if (only !== undefined && names.length === 1 && before.length === 0) return only;
  const others = before.length === 0 ? "" : ` or one of the init containers: [${before.join(" ")}]`;
  throw badRequest(`a container name must be specified for pod ${pod}, choose one of: [${names.join(" ")}]${others}`);
}
