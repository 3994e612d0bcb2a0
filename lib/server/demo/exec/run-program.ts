import type { KubeObject } from "../../../protocol/object.ts";
import type { Running, Terminal } from "../api/backend.ts";
import type { World } from "../life/world.ts";
import { LineEditor } from "./line-editor.ts";
import { machineOf } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { findProgram } from "./programs.ts";
import { Session } from "./session.ts";
import { Shell } from "./shell.ts";

/** What a terminal reads as the end of input. */
const endOfInput = "\u0004";

/** Begins a program in a container, or tells that there is none of that name: a mesh's proxy has nothing but itself. */
export function runProgram(
  world: World,
  pod: KubeObject,
  container: string,
  command: readonly string[],
  terminal: Terminal,
): Running | { missing: string } {
  const [name = ""] = command;
  const life = world.pods.get(pod.metadata?.uid ?? "");
  const shape = life?.containers.find((each) => each.shape.name === container)?.shape;
  if (shape?.log === "proxy") return { missing: name };
  return runIn(machineOf(world, pod, container), command, terminal);
}

/** The same in a container that is known already, whatever runs it. */
export function runIn(machine: Machine, command: readonly string[], terminal: Terminal): Running | { missing: string } {
  const [name = ""] = command;
  if (!findProgram(name)) return { missing: name };
  const session = new Session(machine, terminal);
  const env = new Map([...machine.env, ...(terminal.tty ? [["TERM", "xterm"] as const] : [])]);
  const shell = new Shell(session, env, ["sh"]);
  const shown = (text: string) => (terminal.tty ? text.replaceAll("\n", "\r\n") : text);
  const out = (text: string) => terminal.write("stdout", shown(text));
  const error = (text: string) => terminal.write(terminal.tty ? "stdout" : "stderr", shown(text));
  const editor = new LineEditor({
    echo: out,
    line: (text) => session.input.push(text),
    interrupt: () => session.interrupt(),
    endOfInput: () => session.input.push(endOfInput),
  });
  // Whoever opened it first hears that it runs.
  setImmediate(() => {
    void shell.program(command, { input: session.input, out, error }).then((code) => {
      if (!session.isClosed) terminal.exit(code);
    });
  });
  return {
    input: (text) => (terminal.tty ? editor.type(text) : session.input.push(text)),
    endOfInput: () => session.input.end(),
    resize: (columns, rows) => {
      session.size = terminal.tty ? { columns, rows } : null;
    },
    kill: () => session.close(),
  };
}
