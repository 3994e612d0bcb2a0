import { listFolder, pathOf, printFiles } from "./file-programs.ts";
import type { Program } from "./program.ts";
import { textPrograms } from "./text-programs.ts";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

const date: Program = ({ machine, args, out }) => {
  const now = new Date(machine.now());
  const clock = `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}`;
  if (args.includes("+%s")) out(`${Math.floor(now.getTime() / 1000)}\n`);
  else if (args.some((each) => /^(-I|-Is|\+%FT%TZ)/.test(each))) out(`${now.toISOString().slice(0, 19)}Z\n`);
  else {
    const day = `${days[now.getUTCDay()]} ${months[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2)}`;
    out(`${day} ${clock} UTC ${now.getUTCFullYear()}\n`);
  }
  return 0;
};

const ps: Program = ({ machine, out }) => {
  const row = (id: number, time: string, command: string) =>
    `${String(id).padStart(5)} ${machine.user.padEnd(8)} ${time.padStart(5)}  ${command}\n`;
  const minutes = Math.floor((machine.now() - machine.began) / 1_800_000);
  out("  PID USER      TIME  COMMAND\n");
  out(row(1, `${Math.floor(minutes / 60)}:${two(minutes % 60)}`, machine.main));
  out(row(37, "0:00", "sh") + row(44, "0:00", "ps"));
  return 0;
};

const uname: Program = ({ machine, args, out }) => {
  const all = ["Linux", machine.hostname, machine.kernel, "#1 SMP PREEMPT_DYNAMIC", "x86_64", "Linux"];
  const flags = args.join("");
  const one = { n: all[1], r: all[2], v: all[3], m: all[4] }[flags.replace("-", "")];
  out(`${flags.includes("a") ? all.join(" ") : (one ?? "Linux")}\n`);
  return 0;
};

const stty: Program = ({ args, out, error, size }) => {
  if (!size) {
    error("stty: standard input\n");
    return 1;
  }
  out(
    args[0] === "size"
      ? `${size.rows} ${size.columns}\n`
      : `speed 38400 baud; rows ${size.rows}; columns ${size.columns}; line = 0;\n`,
  );
  return 0;
};

const sleep: Program = async ({ args, error, pause }) => {
  const [seconds] = args;
  if (seconds === undefined || !/^\d+(\.\d+)?$/.test(seconds)) {
    error(`sleep: invalid number '${seconds ?? ""}'\n`);
    return 1;
  }
  return (await pause(Number(seconds) * 1000)) ? 0 : 130;
};

const env: Program = ({ env: told, out }) => {
  for (const [name, value] of told) out(`${name}=${value}\n`);
  return 0;
};

/** Programs in the PATH of an image that has a shell. */
export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ["cat", printFiles],
  ["clear", says("\u001b[H\u001b[J")],
  ["date", date],
  ["env", env],
  ["printenv", env],
  ["false", () => 1],
  ["hostname", ({ machine, out }) => (out(`${machine.hostname}\n`), 0)],
  [
    "id",
    ({ machine, out }) => (
      out(`uid=10001(${machine.user}) gid=10001(${machine.user}) groups=10001(${machine.user})\n`),
      0
    ),
  ],
  ["ls", listFolder],
  ["nproc", ({ machine, out }) => (out(`${machine.cores}\n`), 0)],
  ["ps", ps],
  ["sleep", sleep],
  ["stty", stty],
  ["true", () => 0],
  ["tty", ({ size, out }) => (out(size ? "/dev/pts/0\n" : "not a tty\n"), size ? 0 : 1)],
  ["uname", uname],
  ["whoami", ({ machine, out }) => (out(`${machine.user}\n`), 0)],
  ...textPrograms,
]);

function says(text: string): Program {
  return ({ out }) => {
    out(text);
    return 0;
  };
}

/** Programs that the shell has itself; they are there for those who have no shell. */
const alsoBuiltin: ReadonlySet<string> = new Set(["[", "echo", "pwd", "test", "which"]);

/** The path of a program of the PATH, also when it is named by its path; null for none. `sh` is one. */
export function findProgram(name: string, folder = "/"): { name: string; path: string } | null {
  const base = name.split("/").at(-1) ?? "";
  if (base !== "sh" && !programs.has(base) && !alsoBuiltin.has(base)) return null;
  const path = base === "sh" ? "/bin/sh" : `/usr/bin/${base}`;
  if (!name.includes("/")) return { name: base, path };
  const asked = pathOf(name, folder);
  return asked === `/bin/${base}` || asked === `/usr/bin/${base}` ? { name: base, path } : null;
}
