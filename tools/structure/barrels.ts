import type { Finding } from "./finding.ts";
import type { Module } from "./module.ts";

/** The one list that is worth a file: every kind there is. */
const onlyBarrel = "lib/kinds/index.ts";

/** A barrel is an index file, or a file that does nothing but pass on what others export. */
export function checkBarrel(module: Module): Finding[] {
  if (module.path === onlyBarrel) return [];
  const isIndex = /(^|\/)index\.[a-z]+$/.test(module.path);
  const passesOn = module.body.filter((statement) => statement.type.startsWith("Export") && statement["source"]);
  const message = isIndex
    ? `index files are barrels; only ${onlyBarrel} is one`
    : "only passes on what other files export: import those files";
  const barrel = isIndex || (passesOn.length > 0 && passesOn.length === module.body.length);
  return barrel ? [{ path: module.path, line: 1, rule: "barrel", message }] : [];
}
