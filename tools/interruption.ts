import { readFileSync } from "node:fs";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Aborted by the first Ctrl-C, SIGTERM or hang-up, so that a run can put away what it started; a second one ends it at once.
 * npm and its shell end without passing a signal on: a parent that is gone counts as one.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (why: string, code: number) => {
    process.stdout.write(`\nstopping: ${why}\n`);
    process.exitCode = code;
    controller.abort(new Error(why));
  };
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => (controller.signal.aborted ? process.exit(code) : stop(name, code)));
  }
  // A terminal or a pipe that is gone too must not keep what was started from being put away.
  process.stdout.on("error", () => {});
  const started = startedBy();
  const watch = setInterval(() => {
    if (startedBy() === started) return;
    clearInterval(watch);
    if (!controller.signal.aborted) stop("whoever started this is gone", exitCodes.SIGHUP);
  }, 500);
  watch.unref();
  return controller.signal;
}

/** The parent, a shell, and on Linux its parent, npm: a shell that lost npm waits for this process as if nothing had been. */
function startedBy(): string {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, "utf8");
    // After the name, which may hold anything, follow the state and the parent.
    return `${parent} of ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return String(parent);
  }
}
