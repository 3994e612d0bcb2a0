import { runOnce } from "./run-once.ts";
import type { ShellHost, ShellTarget } from "./shell-host.ts";

/** As when a line is hung up: the shell tells its jobs, and the kernel whatever is in front. One that ignores it is killed. */
const hangUp = 'kill -HUP "$0" && sleep 1 && kill -KILL "$0" 2>/dev/null';

/**
 * Ends a shell whose connection was closed: the kubelet and containerd leave it running. Takes the person's right to do so, and
 * does nothing where that is gone, or the shell is.
 */
export async function endShell(
  host: ShellHost,
  target: ShellTarget,
  way: readonly string[],
  processId: string,
): Promise<void> {
  await runOnce(host, target, [...way, "-c", hangUp, processId]).catch(() => undefined);
}
