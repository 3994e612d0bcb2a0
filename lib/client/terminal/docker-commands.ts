import type { Kind } from "../../kinds/kind.ts";
import { shellCommand } from "../../shared/shell-quote.ts";

/** What each command is for; the words are in lib/i18n under `detail.commands`. */
export type DockerCommand = {
  purpose: "inspect" | "logs" | "shell" | "usage" | "processes" | "changes" | "history";
  line: string;
};

const lists: Readonly<Record<string, readonly string[]>> = {
  containers: ["ps", "--all"],
  images: ["image", "ls"],
  volumes: ["volume", "ls"],
  networks: ["network", "ls"],
  engines: ["info"],
};

/** Docker's command for a list; its filters are others than Stowage's, so that it prints all. Null where there is none. */
export function dockerList(kind: Kind): string | null {
  const words = lists[kind.id];
  return words ? shellCommand(["docker", ...words]) : null;
}

/** Docker's commands for what a detail page shows. */
export function dockerObject(kind: Kind, name: string): DockerCommand[] {
  const docker = (...words: string[]): string => shellCommand(["docker", ...words]);
  switch (kind.id) {
    case "containers":
      return [
        { purpose: "inspect", line: docker("inspect", name) },
        { purpose: "logs", line: docker("logs", "--timestamps", "--tail=1000", "--follow", name) },
        { purpose: "shell", line: docker("exec", "-it", name, "sh") },
        { purpose: "usage", line: docker("stats", name) },
        { purpose: "processes", line: docker("top", name) },
        { purpose: "changes", line: docker("diff", name) },
      ];
    case "images":
      return [
        { purpose: "inspect", line: docker("image", "inspect", name.slice(0, 12)) },
        { purpose: "history", line: docker("history", "--no-trunc", name.slice(0, 12)) },
      ];
    case "volumes":
      return [{ purpose: "inspect", line: docker("volume", "inspect", name) }];
    case "networks":
      return [{ purpose: "inspect", line: docker("network", "inspect", name) }];
    default:
      return [{ purpose: "inspect", line: docker("info") }];
  }
}
