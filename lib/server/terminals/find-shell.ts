import { StowageError } from "../error.ts";
import type { ExecEnd } from "../sources/kubernetes/exec-status.ts";

/** `name` is for people; `command` runs it as an interactive shell; `way` runs a script (`[...way, "-c", …]`). */
export type Shell = { readonly name: string; readonly command: readonly string[]; readonly way: readonly string[] };

/** Runs a command without a terminal and gives what it printed. */
export type RunCommand = (command: readonly string[]) => Promise<{ end: ExecEnd; output: string }>;

/** Where a shell may be: in the PATH, in a distroless image's debug variant, in an image that has BusyBox and no links to it. */
const ways = [["sh"], ["bash"], ["/busybox/sh"], ["busybox", "sh"]];
/** Asks a shell for the most comfortable one there is. */
const question = "command -v bash || command -v ash || command -v sh";
/** Runtimes tell in words, or as a shell would by the exit code, that a program is not there or cannot be run. */
const notThere = /executable file not found|no such file or directory|not found in \$PATH|permission denied/i;
/** Says its process id where no screen shows it, and has all the colours instead of a runtime's `xterm`. */
const start = 'printf "\\033]7117;%s\\007" "$$"; export TERM=xterm-256color; exec "$0"';

/**
 * Finds the shell to open: bash, else ash, else sh. Throws `no-shell` where there is none, and the first other error as it is (a
 * container that does not run has none either, but is told apart).
 */
export async function findShell(run: RunCommand): Promise<Shell> {
  for (const way of ways) {
    const { end, output } = await run([...way, "-c", question]);
    if (end.type === "failed") {
      if (notThere.test(end.error.detail ?? "")) continue;
      throw end.error;
    }
    if (end.code === 126 || (end.code === 127 && !hasPath(output))) continue;
    const path = pathIn(output) ?? way.at(-1) ?? "sh";
    return { name: path.slice(path.lastIndexOf("/") + 1), command: [...way, "-c", start, path], way };
  }
  throw new StowageError("no-shell");
}

function hasPath(output: string): boolean {
  return pathIn(output) !== null;
}

/** The last line that can be a program's name; what an image's own start-up files print comes before it. */
function pathIn(output: string): string | null {
  const lines = output.split(/\r?\n/).filter((line) => /^[\w@.+/-]{1,200}$/.test(line));
  const path = lines.at(-1);
  return path !== undefined && /(^|\/)(ba|a)?sh$/.test(path) ? path : null;
}

/** The process id that a shell has said at its beginning; null where it did not. */
export function processIdIn(output: Uint8Array): string | null {
  return /\u001b\]7117;(\d{1,10})\u0007/.exec(Buffer.from(output).toString("latin1"))?.[1] ?? null;
}
