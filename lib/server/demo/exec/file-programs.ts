import type { Machine } from "./machine.ts";
import type { Program } from "./program.ts";

/** A path from a folder on, without `.` and `..`. */
export function pathOf(path: string, folder: string): string {
  const steps: string[] = [];
  for (const step of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${steps.join("/")}`;
}

export function isFolder({ files }: Machine, path: string): boolean {
  if (path === "/" || emptyFolders.includes(path)) return true;
  return [...files.keys()].some((file) => file.startsWith(`${path}/`));
}

const emptyFolders = ["/bin", "/dev", "/home", "/root", "/tmp", "/usr", "/usr/bin"];

function entriesOf({ files }: Machine, path: string): string[] {
  const prefix = path === "/" ? "/" : `${path}/`;
  const below = [...files.keys(), ...emptyFolders].filter((file) => file.startsWith(prefix) && file !== prefix);
  return [...new Set(below.map((file) => file.slice(prefix.length).split("/")[0] ?? ""))].toSorted();
}

export const printFiles: Program = async ({ machine, args, folder, input, signal, out, error }) => {
  let code = 0;
  for (const name of args.length === 0 ? ["-"] : args) {
    if (name === "-") {
      for (let line = await input.line(signal); line !== null; line = await input.line(signal)) out(`${line}\n`);
      if (signal.aborted) return 130;
      continue;
    }
    const path = pathOf(name, folder);
    const text = machine.files.get(path);
    if (text !== undefined) out(text);
    else {
      const why = isFolder(machine, path) ? "read error: Is a directory" : "No such file or directory";
      error(`cat: ${isFolder(machine, path) ? why : `can't open '${name}': ${why}`}\n`);
      code = 1;
    }
  }
  return code;
};

export const listFolder: Program = ({ machine, args, folder, out, error, size }) => {
  const long = args.some((each) => /^-\w*l/.test(each));
  const hidden = args.some((each) => /^-\w*a/.test(each));
  const names = args.filter((each) => !each.startsWith("-"));
  let code = 0;
  for (const name of names.length === 0 ? ["."] : names) {
    const path = pathOf(name, folder);
    const file = machine.files.get(path);
    if (file === undefined && !isFolder(machine, path)) {
      error(`ls: ${name}: No such file or directory\n`);
      code = 1;
      continue;
    }
    const entries = file === undefined ? [...(hidden ? [".", ".."] : []), ...entriesOf(machine, path)] : [name];
    if (names.length > 1) out(`${name}:\n`);
    if (long) for (const entry of entries) out(`${longRow(machine, pathOf(entry, path), entry)}\n`);
    else if (entries.length > 0) out(size ? `${entries.join("  ")}\n` : `${entries.join("\n")}\n`);
  }
  return code;
};

function longRow(machine: Machine, path: string, name: string): string {
  const text = machine.files.get(path);
  const time = new Date(machine.began).toISOString();
  const kind = text === undefined ? "drwxr-xr-x" : text.startsWith("\u007fELF") ? "-rwxr-xr-x" : "-rw-r--r--";
  const length = String(text?.length ?? 4_096).padStart(8);
  return `${kind}    1 root     root     ${length} ${time.slice(0, 10)} ${time.slice(11, 16)} ${name}`;
}
