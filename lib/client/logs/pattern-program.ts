import type { CharacterSet, PatternNode } from "./pattern-parse.ts";
import { PatternError } from "./pattern-parse.ts";

/** One step of a pattern: read a character of a set, go on at any of several places, or hold a condition where it stands. */
export type Instruction =
  | { op: "set"; set: CharacterSet }
  | { op: "split"; to: number[] }
  | { op: "assert"; what: "start" | "end" | "boundary" | "inside" }
  | { op: "match" };

/** What a pattern may grow to when its repetitions are written out. */
const mostInstructions = 1000;

/** The steps of a pattern; it begins at the first and matches at the last. */
export function programOf(node: PatternNode): Instruction[] {
  const program: Instruction[] = [];
  const put = (instruction: Instruction): void => {
    if (program.length >= mostInstructions) throw new PatternError({ code: "too-large", at: 0 });
    program.push(instruction);
  };
  const emit = (part: PatternNode): void => {
    switch (part.type) {
      case "set":
        return put({ op: "set", set: part.set });
      case "assert":
        return put({ op: "assert", what: part.what });
      case "sequence":
        return part.nodes.forEach(emit);
      case "choice": {
        const ends: number[][] = [];
        for (const branch of part.nodes) {
          const to = [program.length + 1];
          put({ op: "split", to });
          emit(branch);
          const end: number[] = [];
          put({ op: "split", to: end });
          ends.push(end);
          to.push(program.length);
        }
        // The last way out of the chain of branches would go on without any of them.
        put({ op: "split", to: [] });
        for (const end of ends) end.push(program.length);
        return;
      }
      case "repeat":
        return emitRepeat(part);
    }
  };
  const emitRepeat = ({ node: part, min, max }: Extract<PatternNode, { type: "repeat" }>): void => {
    for (let n = 0; n < min; n++) emit(part);
    if (max === Infinity) {
      const loop = program.length;
      const to = [loop + 1];
      put({ op: "split", to });
      emit(part);
      put({ op: "split", to: [loop] });
      to.push(program.length);
      return;
    }
    const skips: number[][] = [];
    for (let n = min; n < max; n++) {
      const to = [program.length + 1];
      put({ op: "split", to });
      emit(part);
      skips.push(to);
    }
    for (const skip of skips) skip.push(program.length);
  };
  emit(node);
  put({ op: "match" });
  return program;
}
