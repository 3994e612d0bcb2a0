import type { Credential } from "../access/person.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { ExecStream } from "../sources/kubernetes/exec-stream.ts";
import { standardTimings } from "../sources/kubernetes/timings.ts";
import { resourcePath } from "../watch/resource-path.ts";

export type ExecRequest = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  /** With a terminal, and input: stderr then comes in stdout, and sizes count. Without, the command reads nothing. */
  readonly tty: boolean;
};

const pods = { group: "", version: "v1", resource: "pods", namespaced: true, kind: "Pod" };
/** Servers before 1.30 speak v4 only. */
const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
/** More than any server sends in one message: the API server copies 32 KiB at a time. */
const maxMessage = 1024 * 1024;

/**
 * Runs a command in a container with exactly this credential. Throws what the API server answers (`forbidden`, `not-found`,
 * `bad-request` for a pod that has no such container or does not run) and what Transport.openSocket throws; what goes wrong
 * later is the stream's end.
 */
export async function openExec(
  source: ClusterSource,
  credential: Credential,
  request: ExecRequest,
  signal?: AbortSignal,
): Promise<ExecStream> {
  const { namespace, pod, container, command, tty } = request;
  const query = new URLSearchParams({
    container,
    stdin: String(tty),
    stdout: "true",
    stderr: String(!tty),
    tty: String(tty),
  });
  for (const word of command) query.append("command", word);
  const socket = await source.transport.openSocket({
    path: `${resourcePath(pods, namespace, pod)}/exec?${query}`,
    protocols,
    maxMessage,
    credential,
    ...(signal === undefined ? {} : { signal }),
  });
  return new ExecStream(socket, standardTimings);
}
