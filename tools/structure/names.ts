import type { Finding } from "./finding.ts";
import { isModule } from "./source-files.ts";

/** Words that say nothing of what a file holds. */
const vagueWords = new Set(["util", "utils", "helper", "helpers", "common", "manager", "managers"]);

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** `(console)`, `[kind]`, `[...name]`, `[[...name]]`, `@modal` and `_drafts` are Next's. */
const routeFolder = /^(\([a-z0-9-]+\)|\[{1,2}(\.\.\.)?[a-zA-Z0-9-]+\]{1,2}|[@_][a-z0-9-]+)$/;

/** Kebab-case names that say what is inside, for modules and stylesheets. */
export function checkNames(path: string): Finding[] {
  if (!isModule(path) && !path.endsWith(".css")) return [];
  const folders = path.split("/").slice(0, -1);
  const stem = (path.split("/").at(-1) ?? "").replace(/(\.(test|spec|fake|config|module|d))*\.[a-z]+$/, "");
  const wellNamed = (folder: string) => kebab.test(folder) || (path.startsWith("app/") && routeFolder.test(folder));
  const badName = kebab.test(stem) ? folders.find((folder) => !wellNamed(folder)) : stem;
  const vague = [...folders, stem].find((name) => name.split("-").some((word) => vagueWords.has(word)));
  const findings: Finding[] = [];
  if (badName !== undefined) {
    findings.push({ path, line: 1, rule: "file-name", message: `"${badName}" is not kebab-case` });
  }
  if (vague !== undefined) {
    findings.push({
      path,
      line: 1,
      rule: "vague-name",
      message: `"${vague}" says nothing: name it for what it exports`,
    });
  }
  return findings;
}
