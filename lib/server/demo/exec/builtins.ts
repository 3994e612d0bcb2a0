import { isFolder, pathOf } from "./file-programs.ts";
import { findProgram } from "./programs.ts";
import type { Shell, Streams } from "./shell.ts";

type Builtin = (shell: Shell, args: readonly string[], streams: Streams) => number | Promise<number>;

const cd: Builtin = (shell, [to = "/app"], { error }) => {
  const path = pathOf(to, shell.folder);
  if (!isFolder(shell.session.machine, path)) {
    error(`sh: cd: can't cd to ${to}: No such file or directory\n`);
    return 2;
  }
  shell.folder = path;
  return 0;
};

const echo: Builtin = (_shell, args, { out }) => {
  const bare = args[0] === "-n";
  out(`${(bare ? args.slice(1) : args).join(" ")}${bare ? "" : "\n"}`);
  return 0;
};

const exportVariables: Builtin = (shell, args) => {
  for (const word of args) {
    const at = word.indexOf("=");
    if (at > 0) shell.env.set(word.slice(0, at), word.slice(at + 1));
  }
  return 0;
};

const unset: Builtin = (shell, args) => {
  for (const name of args) shell.env.delete(name);
  return 0;
};

const exit: Builtin = (shell, [code]) => {
  shell.ended = code === undefined ? shell.last : Number(code) & 255;
  return shell.ended;
};

/** The program takes the shell's place: its end is the shell's. */
const exec: Builtin = async (shell, args, streams) => {
  if (args.length === 0) return 0;
  const code = await shell.program(args, streams);
  shell.ended = code;
  return code;
};

/** `command -v NAME`: where it is. `command NAME` runs it. */
const command: Builtin = (shell, args, streams) => {
  if (args[0] !== "-v") return shell.program(args, streams);
  const name = args[1] ?? "";
  const path = builtins.has(name) ? name : findProgram(name, shell.folder)?.path;
  if (path === undefined) return 127;
  streams.out(`${path}\n`);
  return 0;
};

const which: Builtin = (shell, args, { out }) => {
  const found = args.map((name) => findProgram(name, shell.folder)?.path);
  for (const path of found) if (path !== undefined) out(`${path}\n`);
  return found.every((path) => path !== undefined) ? 0 : 1;
};

const type: Builtin = (shell, args, { out, error }) => {
  for (const name of args) {
    const path = findProgram(name, shell.folder)?.path;
    if (builtins.has(name)) out(`${name} is a shell builtin\n`);
    else if (path === undefined) {
      error(`${name}: not found\n`);
      return 127;
    } else out(`${name} is ${path}\n`);
  }
  return 0;
};

const test: Builtin = (shell, args) => {
  const words = args.at(-1) === "]" ? args.slice(0, -1) : args;
  const [flag = "", second = "", third = ""] = words;
  const { machine } = shell.session;
  const path = pathOf(second, shell.folder);
  const file = machine.files.has(path);
  const folder = isFolder(machine, path);
  const runs = second !== "" && findProgram(second, shell.folder) !== null;
  const answer = () => {
    if (words.length === 3) return second === "!=" ? flag !== third : flag === third;
    if (words.length === 1) return flag !== "";
    switch (flag) {
      case "-n":
        return second !== "";
      case "-z":
        return second === "";
      case "-d":
        return folder;
      case "-f":
        return file || runs;
      case "-x":
        return runs || folder;
      case "-e":
      case "-r":
        return file || folder || runs;
      default:
        return false;
    }
  };
  return answer() ? 0 : 1;
};

/** What the shell does itself. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [":", () => 0],
  ["[", test],
  ["cd", cd],
  ["command", command],
  ["echo", echo],
  ["exec", exec],
  ["exit", exit],
  ["export", exportVariables],
  ["pwd", (shell, _args, { out }) => (out(`${shell.folder}\n`), 0)],
  ["test", test],
  ["type", type],
  ["unset", unset],
  ["which", which],
]);
