import type { Word } from "./syntax.ts";
import { SyntaxFault } from "./syntax.ts";

/** Words with their variables filled in; what was not quoted and is empty then is no word. */
export function fillWords(words: readonly Word[], valueOf: (name: string) => string): string[] {
  return words.flatMap((word) => {
    const parts = word.map((part) => (part.fill ? filled(part.text, valueOf) : part.text));
    const whole = parts.join("");
    const quoted = word.some((part) => part.quoted);
    if (quoted || !word.some((part) => part.text.includes("$"))) return [whole];
    return whole.split(/\s+/).filter((each) => each !== "");
  });
}

function filled(text: string, valueOf: (name: string) => string): string {
  if (/\$\(|`/.test(text)) throw new SyntaxFault('syntax error: unexpected "("');
  return text.replace(/\$(?:\{(\w+)\}|(\w+|[?$#@*]))/g, (_all, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? "";
    // $10 is $1 and a 0.
    if (braced === undefined && /^\d\d/.test(name)) return valueOf(name[0] ?? "") + name.slice(1);
    return valueOf(name);
  });
}
