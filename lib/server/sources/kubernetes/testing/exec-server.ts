import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

/** One command that was asked for, and its two directions as the API server sees them. */
export class ServedExec {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  /** What came on stdin, whole. */
  stdin = Buffer.alloc(0);
  readonly sizes: unknown[] = [];
  readonly messageLengths: number[] = [];

  constructor(request: IncomingMessage, socket: WebSocket) {
    this.request = request;
    this.socket = socket;
    socket.on("error", () => {});
    socket.on("message", (data) => this.#hear(data as Buffer));
    // As the API server does: each stream begins with an empty message.
    for (const channel of [0, 1, 2, 3]) socket.send(Buffer.from([channel]));
  }

  get command(): string[] {
    return new URL(this.request.url ?? "", "http://x").searchParams.getAll("command");
  }

  say(channel: number, bytes: string | Buffer): void {
    this.socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(bytes)]));
  }

  /** Ends with an exit code, as a kubelet tells it. */
  exit(code: number): void {
    this.end(
      code === 0
        ? { status: "Success" }
        : {
            status: "Failure",
            reason: "NonZeroExitCode",
            message: `command terminated with non-zero exit code: exit status ${code}`,
            details: { causes: [{ reason: "ExitCode", message: String(code) }] },
          },
    );
  }

  end(status: unknown): void {
    this.say(3, JSON.stringify(status));
    this.socket.close(1000);
  }

  #hear(data: Buffer): void {
    this.messageLengths.push(data.length);
    if (data[0] === 0) this.stdin = Buffer.concat([this.stdin, data.subarray(1)]);
    if (data[0] === 4) this.sizes.push(JSON.parse(data.subarray(1).toString("utf8")));
  }
}

/** Answers upgrades as the exec of an API server that knows these subprotocols, best first. */
export function serveExec(
  onExec: (exec: ServedExec) => void,
  speaks: readonly string[] = ["v5.channel.k8s.io", "v4.channel.k8s.io"],
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => speaks.find((protocol) => offered.has(protocol)) ?? false,
  });
  return (request, socket, head) =>
    server.handleUpgrade(request, socket, head, (live) => onExec(new ServedExec(request, live)));
}

/** Refuses an upgrade with a Status, as the API server does. */
export function refuseUpgrade(socket: Duplex, status: number, message: string, headers: readonly string[] = []): void {
  const body = JSON.stringify({ kind: "Status", status: "Failure", message, code: status });
  const head = [
    `HTTP/1.1 ${status} No`,
    "content-type: application/json",
    `content-length: ${body.length}`,
    ...headers,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
