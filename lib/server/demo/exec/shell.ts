import { builtins } from "./builtins.ts";
import { fillWords } from "./fill-words.ts";
import { Input } from "./input.ts";
import { findProgram, programs } from "./programs.ts";
import type { Run } from "./program.ts";
import type { Session } from "./session.ts";
import type { Command, Step } from "./syntax.ts";
import { SyntaxFault, parseScript } from "./syntax.ts";

export type Streams = { input: Input; out: (text: string) => void; error: (text: string) => void };

/** Scripts within scripts go this deep. */
const maxDepth = 20;

/** A small `sh`: words, variables, pipelines, `&&` and `||`; no loops. One runs another for `sh -c`. */
export class Shell {
  readonly session: Session;
  readonly env: Map<string, string>;
  /** `$0`, `$1` … */
  readonly words: readonly string[];
  private readonly depth: number;
  folder: string;
  last = 0;
  /** Set by `exit` and `exec`. */
  ended: number | null = null;

  constructor(
    session: Session,
    env: ReadonlyMap<string, string>,
    words: readonly string[],
    folder = "/app",
    depth = 0,
  ) {
    this.session = session;
    this.env = new Map(env);
    this.words = words;
    this.folder = folder;
    this.depth = depth;
  }

  /** Reads lines and runs them until the end of the input or `exit`. */
  async converse(streams: Streams): Promise<number> {
    const { session } = this;
    for (;;) {
      if (session.terminal.tty) streams.out(`${this.folder} $ `);
      const { signal } = session;
      const line = await streams.input.line(signal);
      if (session.isClosed) return 129;
      if (line === null && signal.aborted) continue;
      if (line === null) {
        if (session.terminal.tty) streams.out("\n");
        return this.last;
      }
      await this.script(line, streams);
      if (this.ended !== null) return this.ended;
    }
  }

  /** Runs a script; gives the code of its last command. */
  async script(text: string, streams: Streams): Promise<number> {
    try {
      for (const step of parseScript(text)) {
        await this.step(step, streams);
        if (this.ended !== null || this.session.isClosed) break;
      }
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      streams.error(`sh: ${fault.message}\n`);
      this.last = 2;
    }
    return this.ended ?? this.last;
  }

  /** Runs a program of the PATH, or a shell, with words that are filled in. */
  async program(
    words: readonly string[],
    streams: Streams,
    env: ReadonlyMap<string, string> = this.env,
  ): Promise<number> {
    const [name = "", ...args] = words;
    const found = findProgram(name, this.folder);
    if (!found) {
      streams.error(`sh: ${name}: not found\n`);
      return 127;
    }
    if (found.name === "sh") return this.nested(args, streams, env);
    const { session, folder } = this;
    const { signal, size, machine } = session;
    const run: Run = {
      machine,
      args,
      env,
      folder,
      size: streams.input === session.input ? size : null,
      signal,
      ...streams,
      pause: (ms) => session.pause(ms, signal),
    };
    const program = programs.get(found.name);
    const code = await (program ? program(run) : builtins.get(found.name)?.(this, args, streams));
    return signal.aborted ? 130 : (code ?? 127);
  }

  private async nested(args: readonly string[], streams: Streams, env: ReadonlyMap<string, string>): Promise<number> {
    if (this.depth >= maxDepth) {
      streams.error("sh: can't fork: Resource temporarily unavailable\n");
      return 2;
    }
    const scripted = args.findIndex((each) => /^-\w*c$/.test(each));
    const words = scripted < 0 ? ["sh"] : [args[scripted + 2] ?? "sh", ...args.slice(scripted + 3)];
    const shell = new Shell(this.session, env, words, this.folder, this.depth + 1);
    const script = scripted < 0 ? undefined : args[scripted + 1];
    if (scripted >= 0 && script === undefined) {
      streams.error("sh: -c requires an argument\n");
      return 2;
    }
    return script === undefined ? shell.converse(streams) : shell.script(script, streams);
  }

  private async step({ when, pipeline }: Step, streams: Streams): Promise<void> {
    if ((when === "succeeded" && this.last !== 0) || (when === "failed" && this.last === 0)) return;
    let { input } = streams;
    for (const [index, command] of pipeline.entries()) {
      const isLast = index === pipeline.length - 1;
      const pipe = new Input();
      const out = isLast ? streams.out : (text: string) => pipe.push(text);
      this.last = await this.command(command, { ...streams, input, out });
      pipe.end();
      input = pipe;
    }
  }

  private async command({ words, redirects }: Command, given: Streams): Promise<number> {
    let streams = given;
    for (const { stream, to } of redirects) {
      if (typeof to === "object") {
        given.error(`sh: can't create ${to.file}: Read-only file system\n`);
        return 1;
      }
      const target = to === "null" ? () => undefined : to === "out" ? streams.out : streams.error;
      streams = stream === 1 ? { ...streams, out: target } : { ...streams, error: target };
    }
    const filled = fillWords(words, (name) => this.valueOf(name));
    const first = filled.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    const assigned = filled.slice(0, first < 0 ? filled.length : first).map((word): [string, string] => {
      const at = word.indexOf("=");
      return [word.slice(0, at), word.slice(at + 1)];
    });
    if (first < 0) {
      for (const [name, value] of assigned) this.env.set(name, value);
      return 0;
    }
    const [name = "", ...args] = filled.slice(first);
    const builtin = builtins.get(name);
    if (builtin) return builtin(this, args, streams);
    return this.program([name, ...args], streams, new Map([...this.env, ...assigned]));
  }

  private valueOf(name: string): string {
    switch (name) {
      case "?":
        return String(this.last);
      case "$":
        return "37";
      case "#":
        return String(Math.max(0, this.words.length - 1));
      case "@":
      case "*":
        return this.words.slice(1).join(" ");
      default:
        return /^\d+$/.test(name) ? (this.words[Number(name)] ?? "") : (this.env.get(name) ?? "");
    }
  }
}
