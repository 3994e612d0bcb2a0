import { pathOf } from "./file-programs.ts";
import type { Program, Run } from "./program.ts";

/** The lines of the files that are named, or of what is read; null when one is not there. */
async function linesOf(run: Run, names: readonly string[], program: string): Promise<string[] | null> {
  const { machine, folder, input, signal, error } = run;
  const lines: string[] = [];
  if (names.length === 0) {
    for (let line = await input.line(signal); line !== null; line = await input.line(signal)) lines.push(line);
    return lines;
  }
  for (const name of names) {
    const text = machine.files.get(pathOf(name, folder));
    if (text === undefined) {
      error(`${program}: ${name}: No such file or directory\n`);
      return null;
    }
    lines.push(...text.replace(/\n$/, "").split("\n"));
  }
  return lines;
}

function part(program: "head" | "tail"): Program {
  return async (run) => {
    const flags = run.args.join(" ");
    const count = Number(/^-n? ?(\d+)/.exec(flags)?.[1] ?? 10);
    const names = run.args.filter((each, index) => !each.startsWith("-") && !(run.args[index - 1] === "-n"));
    const lines = await linesOf(run, names, program);
    if (!lines) return 1;
    const chosen = program === "head" ? lines.slice(0, count) : lines.slice(Math.max(0, lines.length - count));
    for (const line of chosen) run.out(`${line}\n`);
    return 0;
  };
}

/** Finds words as they are: the demo's has no patterns. */
const grep: Program = async (run) => {
  const flags = run.args.filter((each) => each.startsWith("-")).join("");
  const [words, ...names] = run.args.filter((each) => !each.startsWith("-"));
  if (words === undefined) {
    run.error("Usage: grep [-iv] WORDS [FILE]...\n");
    return 2;
  }
  const lines = await linesOf(run, names, "grep");
  if (!lines) return 2;
  const plain = (text: string) => (flags.includes("i") ? text.toLowerCase() : text);
  const found = lines.filter((line) => plain(line).includes(plain(words)) !== flags.includes("v"));
  for (const line of found) run.out(`${line}\n`);
  return found.length > 0 ? 0 : 1;
};

const wc: Program = async (run) => {
  const lines = await linesOf(
    run,
    run.args.filter((each) => !each.startsWith("-")),
    "wc",
  );
  if (!lines) return 1;
  const text = lines.map((line) => `${line}\n`).join("");
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  run.out(run.args.includes("-l") ? `${lines.length}\n` : `${lines.length} ${words} ${text.length}\n`);
  return 0;
};

const sort: Program = async (run) => {
  const lines = await linesOf(
    run,
    run.args.filter((each) => !each.startsWith("-")),
    "sort",
  );
  for (const line of lines?.toSorted() ?? []) run.out(`${line}\n`);
  return lines ? 0 : 1;
};

export const textPrograms: readonly (readonly [string, Program])[] = [
  ["grep", grep],
  ["head", part("head")],
  ["sort", sort],
  ["tail", part("tail")],
  ["wc", wc],
];
