import type { RunSpec } from "../../shared/docker-run.ts";
import { shellWords } from "../../shared/shell-words.ts";

export type PortLine = { id: number; address: string; host: string; container: string; protocol: "tcp" | "udp" };
export type VolumeLine = { id: number; name: string; path: string; readOnly: boolean };

/** What a person wrote, as it stands in the form. */
export type RunForm = {
  name: string;
  command: string;
  /** One NAME=value a line. */
  env: string;
  ports: PortLine[];
  volumes: VolumeLine[];
  network: string;
  restart: RunSpec["restart"];
  /** MiB. */
  memory: string;
  cpus: string;
  user: string;
  readOnly: boolean;
  keep: boolean;
};

/** Which words of the form are none, so that nothing can be asked. */
export type RunWrong = { part: "command" | "env" | "ports" | "volumes"; text: string };

export const emptyRunForm: RunForm = {
  name: "",
  command: "",
  env: "",
  ports: [],
  volumes: [],
  network: "",
  restart: "no",
  memory: "",
  cpus: "",
  user: "",
  readOnly: false,
  keep: false,
};

/** What is asked for by a form. What only an engine can tell it is left to tell. */
export function runSpecOf(form: RunForm): { spec: RunSpec; wrong: null } | { spec: null; wrong: RunWrong } {
  const command = shellWords(form.command);
  if (command === null) return { spec: null, wrong: { part: "command", text: form.command } };
  const env: { name: string; value: string }[] = [];
  for (const line of form.env.split("\n").filter((each) => each.trim() !== "")) {
    const sign = line.indexOf("=");
    if (sign < 1 || /\s/.test(line.slice(0, sign))) return { spec: null, wrong: { part: "env", text: line } };
    env.push({ name: line.slice(0, sign), value: line.slice(sign + 1) });
  }
  const ports: RunSpec["ports"][number][] = [];
  for (const line of form.ports) {
    const [container, host] = [portOf(line.container), line.host === "" ? undefined : portOf(line.host)];
    if (container === null || host === null) return { spec: null, wrong: { part: "ports", text: line.container } };
    ports.push({ container, host, address: line.address === "" ? undefined : line.address, protocol: line.protocol });
  }
  for (const { name, path } of form.volumes)
    if (name === "" || !/^\/[^:]/.test(path)) return { spec: null, wrong: { part: "volumes", text: name } };
  const spec: RunSpec = {
    name: optional(form.name),
    command,
    env,
    ports,
    volumes: form.volumes.map(({ name, path, readOnly }) => ({ name, path, readOnly })),
    network: optional(form.network),
    restart: form.restart,
    memory: form.memory === "" ? undefined : Math.round(Number(form.memory) * 1024 * 1024),
    cpus: form.cpus === "" ? undefined : Number(form.cpus),
    user: optional(form.user),
    readOnly: form.readOnly,
  };
  return { spec, wrong: null };
}

function optional(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : trimmed;
}

function portOf(text: string): number | null {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}
