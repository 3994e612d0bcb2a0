import { readFileSync } from "node:fs";

/** Reads the npm scripts of the folder this runs in; the answer gives the command line of one. */
export function packageScripts(): (name: string) => string {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  return (name) => {
    const line = scripts[name];
    if (line === undefined) throw new Error(`package.json has no script "${name}"`);
    return line;
  };
}
