import type { RawData, WebSocket } from "ws";

import type { Backend, Running } from "../api/backend.ts";
import type { AskedExec } from "./container-to-run.ts";

const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Speaks the channels of `v4.channel.k8s.io` and v5: a byte for the channel, then what is said on it. */
export function speak(socket: WebSocket, backend: Backend, asked: AskedExec): void {
  const send = (to: number, text: string) => {
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat([Buffer.from([to]), Buffer.from(text, "utf8")]));
  };
  const end = (status: object) => {
    send(channel.error, JSON.stringify(status));
    socket.close(1000);
  };
  // An empty message tells that the streams are there.
  send(channel.stdout, "");
  const running = start(backend, asked, send, end);
  if (!running) return;
  const decoder = new TextDecoder();
  socket.on("message", (data) => hear(bytesOf(data), running, asked, decoder, socket.protocol.startsWith("v5")));
  socket.on("close", () => running.kill());
  socket.on("error", () => socket.terminate());
}

function start(
  backend: Backend,
  { pod, container, command, tty, stdout, stderr }: AskedExec,
  send: (to: number, text: string) => void,
  end: (status: object) => void,
): Running | null {
  if (!isRunning(pod, container)) {
    end(internalError(`unable to upgrade connection: container not found ("${container}")`));
    return null;
  }
  const running = backend.run(pod, container, command, {
    tty,
    write: (stream, text) => {
      if (stream === "stdout" ? stdout : stderr) send(channel[stream], text);
    },
    exit: (code) => end(code === 0 ? { metadata: {}, status: "Success" } : exitStatus(code)),
  });
  if (!("missing" in running)) return running;
  const id = containerId(pod, container);
  const runtime = `OCI runtime exec failed: exec failed: ${whyNot(running.missing)}`;
  const kubelet = `error executing command in container: failed to exec in container: failed to start exec "${id}"`;
  // Told by the node, and told on by the API server, each in the same words.
  end(internalError(`Internal error occurred: ${kubelet}: ${runtime}`));
  return null;
}

function whyNot(program: string): string {
  if (program === "") return "args must not be empty: unknown";
  const why = program.includes("/")
    ? `stat ${program}: no such file or directory`
    : "executable file not found in $PATH";
  return `unable to start container process: exec: "${program}": ${why}`;
}

function hear(bytes: Buffer, running: Running, { stdin, tty }: AskedExec, decoder: TextDecoder, isV5: boolean): void {
  const [to] = bytes;
  const rest = bytes.subarray(1);
  switch (to) {
    case channel.stdin:
      if (stdin) running.input(decoder.decode(rest, { stream: true }));
      return;
    case channel.resize:
      if (tty) resize(rest.toString("utf8"), running);
      return;
    case channel.close:
      if (isV5 && rest[0] === channel.stdin) running.endOfInput();
      return;
    default:
  }
}

function resize(text: string, running: Running): void {
  try {
    const { Width, Height } = JSON.parse(text) as { Width?: unknown; Height?: unknown };
    if (Number.isInteger(Width) && Number.isInteger(Height)) running.resize(Number(Width), Number(Height));
  } catch {
    // A size that is none is no size.
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

type Statuses = { name: string; containerID?: string; state?: { running?: object } }[];

function statusOf(pod: AskedExec["pod"], container: string): Statuses[number] | undefined {
  const { status } = pod as { status?: { containerStatuses?: Statuses; initContainerStatuses?: Statuses } };
  return [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
    ({ name }) => name === container,
  );
}

function isRunning(pod: AskedExec["pod"], container: string): boolean {
  return statusOf(pod, container)?.state?.running !== undefined;
}

function containerId(pod: AskedExec["pod"], container: string): string {
  return (statusOf(pod, container)?.containerID ?? "").replace("containerd://", "");
}

function exitStatus(code: number): object {
  return {
    metadata: {},
    status: "Failure",
    message: `command terminated with non-zero exit code: command terminated with exit code ${code}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(code) }] },
  };
}

function internalError(message: string): object {
  return {
    metadata: {},
    status: "Failure",
    message: `Internal error occurred: ${message}`,
    reason: "InternalError",
    details: { causes: [{ message }] },
    code: 500,
  };
}
