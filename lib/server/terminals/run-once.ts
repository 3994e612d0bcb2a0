import type { Credential } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { ExecEnd } from "../sources/kubernetes/exec-status.ts";
import { openExec } from "./open-exec.ts";
import type { TerminalTarget } from "./terminal-event.ts";

const answerMs = 10_000;
const maxOutput = 4 * 1024;

/** Runs a command to its end without a terminal and without input. Throws what openExec throws. */
export async function runOnce(
  source: ClusterSource,
  credential: Credential,
  target: TerminalTarget,
  command: readonly string[],
): Promise<{ end: ExecEnd; output: string }> {
  const exec = await openExec(source, credential, { ...target, command, tty: false });
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
