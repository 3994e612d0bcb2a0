/** Where output goes: nowhere, or to the other stream. */
export type Redirect = { stream: 1 | 2; to: "null" | "out" | "error" | { file: string } };

/** One command with its words, not yet filled in. */
export type Command = { words: Word[]; redirects: Redirect[] };
/** A word's parts; only those that are not quoted with ' are filled in. */
export type Word = { text: string; fill: boolean; quoted: boolean }[];
/** A pipeline, and what has to have come of the one before for it to be run. */
export type Step = { when: "always" | "succeeded" | "failed"; pipeline: Command[] };

/** A line that is no command; the message is the shell's. */
export class SyntaxFault extends Error {}

type Token = { operator: string } | { word: Word };

const operators = ["&&", "||", "2>&1", "1>&2", ">&2", "2>>", "2>", "1>", ">>", ">", "|", ";", "\n", "&"];
const unsupported = new Set(["if", "for", "while", "until", "case", "function", "{", "("]);

/** Takes a script apart: words with quotes, `;` `&&` `||` `|`, and where output goes. Throws SyntaxFault. */
export function parseScript(text: string): Step[] {
  const steps: Step[] = [];
  let when: Step["when"] = "always";
  let pipeline: Command[] = [];
  let command: Command = { words: [], redirects: [] };
  const tokens = tokensOf(text);
  const endCommand = (operator: string) => {
    if (command.words.length > 0) pipeline.push(command);
    else if (operator !== "\n" && operator !== "") throw unexpected(operator);
    command = { words: [], redirects: [] };
  };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    if ("word" in token) {
      const [first] = token.word;
      if (command.words.length === 0 && first && !first.quoted && unsupported.has(first.text)) {
        throw unexpected(first.text);
      }
      command.words.push(token.word);
      continue;
    }
    const { operator } = token;
    if (operator.includes(">")) {
      const merged = redirectOf(operator);
      const target = merged ? undefined : tokens[(index += 1)];
      if (!merged && !(target && "word" in target)) throw unexpected("newline");
      const file = target && "word" in target ? target.word.map((part) => part.text).join("") : "";
      const stream = operator.startsWith("2") ? 2 : 1;
      command.redirects.push(merged ?? { stream, to: file === "/dev/null" ? "null" : { file } });
      continue;
    }
    if (operator === "&") throw unexpected("&");
    endCommand(operator);
    if (operator === "|") continue;
    if (pipeline.length > 0) steps.push({ when, pipeline });
    pipeline = [];
    when = operator === "&&" ? "succeeded" : operator === "||" ? "failed" : "always";
  }
  endCommand("");
  if (pipeline.length > 0) steps.push({ when, pipeline });
  return steps;
}

function redirectOf(operator: string): Redirect | null {
  if (operator === "2>&1") return { stream: 2, to: "out" };
  return operator === "1>&2" || operator === ">&2" ? { stream: 1, to: "error" } : null;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let word: Word | null = null;
  const add = (part: Word[number]) => {
    if (!word) tokens.push({ word: (word = []) });
    word.push(part);
  };
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const [letter = ""] = rest;
    const operator = operators.find((each) => rest.startsWith(each) && (word === null || !/^\d/.test(each)));
    if (operator !== undefined) {
      tokens.push({ operator });
      word = null;
      at += operator.length;
    } else if (/\s/.test(letter)) {
      word = null;
      at += 1;
    } else if (letter === "#" && word === null) {
      at += /[^\n]*/.exec(rest)?.[0].length ?? 1;
    } else if (letter === "'" || letter === '"') {
      const end = closing(rest, letter);
      const inner = rest.slice(1, end);
      add({ text: letter === '"' ? inner.replace(/\\(["\\$`])/g, "$1") : inner, fill: letter === '"', quoted: true });
      at += end + 1;
    } else if (letter === "\\") {
      add({ text: rest[1] ?? "", fill: false, quoted: true });
      at += 2;
    } else {
      const plain = /^(\$\{[^}]*\}|[^\s'"\\;&|<>#]|#)+?(?=[\s'"\\;&|<>]|$)/.exec(rest)?.[0] ?? letter;
      add({ text: plain, fill: true, quoted: false });
      at += plain.length;
    }
  }
  return tokens;
}

function closing(text: string, quote: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === "\\" && quote === '"') at += 1;
    else if (text[at] === quote) return at;
  }
  throw new SyntaxFault("syntax error: unterminated quoted string");
}

function unexpected(word: string): SyntaxFault {
  return new SyntaxFault(`syntax error: unexpected "${word === "\n" ? "newline" : word}"`);
}
