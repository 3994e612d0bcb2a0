import type { Kind } from "../../kinds/kind.ts";
import { shellCommand } from "../../shared/shell-quote.ts";

/** What each command is for; the words are in lib/i18n under `detail.commands`. */
export type ObjectCommand = {
  purpose: "row" | "describe" | "yaml" | "events" | "logs" | "previous" | "shell";
  line: string;
};

export type CommandTarget = {
  kind: Kind;
  /** The kubeconfig's context, null where nobody knows it. */
  context: string | null;
  /** The path behind the source: `shop/web-1`, `worker-3`, `shop/web-1/web` for a container. */
  path: string;
  /** The container whose logs are meant, null for the only one. */
  container: string | null;
};

/** kubectl's commands for what a detail page shows. */
export function kubectlObject({ kind, context, path, container }: CommandTarget): ObjectCommand[] {
  const segments = path.split("/");
  const isContainer = kind.id === "containers";
  const namespace = kind.namespaced ? (segments[0] ?? "") : null;
  const name = (kind.namespaced ? segments[1] : segments[0]) ?? "";
  const resource = isContainer ? "pods" : resourceOf(kind);
  const kubectl = (...words: string[]): string =>
    shellCommand([
      "kubectl",
      ...(context === null ? [] : ["--context", context]),
      ...(namespace === null ? [] : ["-n", namespace]),
      ...words,
    ]);

  const commands: ObjectCommand[] = [
    { purpose: "row", line: kubectl("get", resource, name, "-o", "wide") },
    { purpose: "describe", line: kubectl("describe", resource, name) },
    { purpose: "yaml", line: kubectl("get", resource, name, "-o", "yaml") },
  ];
  if (isContainer || kind.id === "pods") {
    const of = isContainer ? (segments[2] ?? "") : container;
    const which = of === null ? [] : ["-c", of];
    commands.push(
      { purpose: "logs", line: kubectl("logs", name, ...which, "--timestamps", "--tail=1000", "-f") },
      { purpose: "previous", line: kubectl("logs", name, ...which, "--timestamps", "--previous") },
      { purpose: "shell", line: kubectl("exec", "-it", name, ...which, "--", "sh") },
    );
  }
  if (kind.id !== "events") {
    const target = kind.namespaced ? [] : ["-A"];
    commands.push({ purpose: "events", line: kubectl("events", ...target, "--for", `${resource}/${name}`) });
  }
  return commands;
}

/** `pods`, `deployments.apps`: the group keeps kinds of one name apart. */
function resourceOf(kind: Kind): string {
  if (!kind.api) return kind.id;
  return kind.api.group === "" ? kind.api.resource : `${kind.api.resource}.${kind.api.group}`;
}
