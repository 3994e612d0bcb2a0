import { StowageError } from "../error.ts";
import type { ExecEnd } from "../sources/kubernetes/exec-status.ts";
import type { ShellHost, ShellTarget } from "./shell-host.ts";

const answerMs = 10_000;
const maxOutput = 4 * 1024;

/** Runs a command to its end without a terminal and without input. Throws what ShellHost.exec throws. */
export async function runOnce(
  host: ShellHost,
  target: ShellTarget,
  command: readonly string[],
): Promise<{ end: ExecEnd; output: string }> {
  const exec = await host.exec(target, { command, tty: false });
  return await new Promise((resolve) => {
    let output = "";
    const settle = (end: ExecEnd) => {
      clearTimeout(timer);
      exec.close();
      resolve({ end, output });
    };
    const timer = setTimeout(() => {
      const error = new StowageError("source-unreachable", `the container did not answer within ${answerMs / 1000} s`);
      settle({ type: "failed", error });
    }, answerMs);
    exec.listen({
      output: (bytes) => {
        if (output.length < maxOutput) output += bytes.toString("utf8");
      },
      end: settle,
    });
  });
}
