import { STATUS_CODES } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import type { Running, Terminal } from "../api/backend.ts";
import { runIn } from "../exec/run-program.ts";
import { isOn } from "./describe.ts";
import type { EngineContainer, EngineWorld } from "./engine-world.ts";
import { EngineFault } from "./fault.ts";
import { frame } from "./log.ts";
import { machineOf } from "./own-command.ts";
import { containerOf } from "./read-routes.ts";
import type { Asked, Route } from "./route.ts";
import { textsOf } from "./route.ts";

type Exec = {
  readonly id: string;
  readonly container: EngineContainer;
  readonly command: readonly string[];
  readonly tty: boolean;
  running: Running | null;
  exitCode: number | null;
};

const maxExecs = 200;
const maxBody = 64 * 1024;

/** Commands in containers: made by a request, begun by one whose connection then is the command's. */
export class Execs {
  private readonly execs = new Map<string, Exec>();
  private readonly world: EngineWorld;

  constructor(world: EngineWorld) {
    this.world = world;
  }

  get routes(): readonly Route[] {
    return [
      { method: "POST", path: /^\/containers\/([^/]+)\/exec$/, answer: (asked) => this.create(asked) },
      {
        method: "POST",
        path: /^\/exec\/([^/]+)\/resize$/,
        answer: ({ words, query }) => {
          this.find(words[0]).running?.resize(Number(query.get("w") ?? 80), Number(query.get("h") ?? 24));
          return 200;
        },
      },
      {
        method: "GET",
        path: /^\/exec\/([^/]+)\/json$/,
        answer: ({ words }) => {
          const { id, container, exitCode, tty, command } = this.find(words[0]);
          const [entrypoint = "", ...rest] = command;
          return {
            ID: id,
            ContainerID: container.id,
            Running: exitCode === null,
            ExitCode: exitCode,
            ProcessConfig: { entrypoint, arguments: rest, tty },
          };
        },
      },
    ];
  }

  /** Answers `POST /exec/{id}/start` that asks for the connection. */
  listen(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on("error", () => socket.destroy());
      const [, id] = /^(?:\/v[\d.]+)?\/exec\/([^/]+)\/start$/.exec(request.url ?? "") ?? [];
      const exec = this.execs.get(id ?? "");
      const length = Number(request.headers["content-length"] ?? 0);
      const refused = refusal(request.url ?? "", exec, id);
      if (!exec || refused || !(length <= maxBody)) {
        const { status, message } = refused ?? new EngineFault(400, "request body too large");
        const body = JSON.stringify({ message });
        const head = [
          `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
          "content-type: application/json",
          `content-length: ${Buffer.byteLength(body)}`,
          "connection: close",
        ];
        socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
        return;
      }
      let unread = length;
      const input = (chunk: Buffer) => {
        // The request's own body comes before what the command reads.
        const own = chunk.subarray(0, unread);
        unread -= own.length;
        const rest = chunk.subarray(own.length);
        if (unread === 0 && exec.running === null) this.begin(exec, socket);
        if (rest.length > 0) exec.running?.input(rest.toString("utf8"));
      };
      socket.on("data", input);
      socket.on("end", () => exec.running?.endOfInput());
      socket.on("close", () => exec.running?.kill());
      if (head.length > 0 || unread === 0) input(head);
    });
  }

  private create(asked: Asked): object {
    const container = containerOf(asked);
    if (!isOn(container)) throw new EngineFault(409, `container ${container.id} is not running`);
    if (container.state === "paused")
      throw new EngineFault(409, `Container ${container.name} is paused, unpause the container before exec`);
    const id = this.world.chance.hex(64);
    const command = textsOf(asked.body, "Cmd");
    if (command.length === 0) throw new EngineFault(400, "No exec command specified");
    this.execs.set(id, { id, container, command, tty: asked.body?.["Tty"] === true, running: null, exitCode: null });
    for (const oldest of this.execs.keys()) {
      if (this.execs.size <= maxExecs) break;
      this.execs.delete(oldest);
    }
    asked.response.statusCode = 201;
    return { Id: id };
  }

  private find(id: string | undefined): Exec {
    const exec = this.execs.get(id ?? "");
    if (!exec) throw new EngineFault(404, `No such exec instance: ${id}`);
    return exec;
  }

  private begin(exec: Exec, socket: Duplex): void {
    const type = exec.tty ? "raw" : "multiplexed";
    socket.write(
      `HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.${type}-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
    );
    const end = (code: number) => {
      exec.exitCode = code;
      socket.end();
    };
    const terminal: Terminal = {
      tty: exec.tty,
      write: (stream, text) => void socket.write(frame(stream === "stderr" ? 2 : 1, text, exec.tty)),
      exit: end,
    };
    const started = runIn(machineOf(this.world, exec.container), exec.command, terminal);
    if ("missing" in started) {
      const words = `OCI runtime exec failed: exec failed: unable to start container process: exec: "${started.missing}": executable file not found in $PATH: unknown\r\n`;
      terminal.write("stdout", words);
      // Nothing began: what would end it is nobody's.
      exec.running = {
        input: () => undefined,
        endOfInput: () => undefined,
        resize: () => undefined,
        kill: () => undefined,
      };
      return end(127);
    }
    exec.running = started;
  }
}

/** Why a connection is not handed over; null when it is. */
function refusal(url: string, exec: Exec | undefined, id: string | undefined): EngineFault | null {
  if (/\/containers\/[^/]+\/attach\b/.test(url))
    return new EngineFault(
      501,
      "the demo's engine attaches nobody to a container: run it with --detach and read its log",
    );
  if (!exec) return new EngineFault(404, `No such exec instance: ${id ?? ""}`);
  if (exec.running) return new EngineFault(409, `exec ${exec.id} has already been started`);
  if (!isOn(exec.container)) return new EngineFault(409, `container ${exec.container.id} is not running`);
  return null;
}
