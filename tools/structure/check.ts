import { checkBarrel } from "./barrels.ts";
import { checkImports, findHeavyProtocol } from "./imports.ts";
import { readModule } from "./module.ts";
import { checkNames } from "./names.ts";
import { isModule, sourceFiles } from "./source-files.ts";
import { checkTests } from "./tests.ts";

/**
 * Checks the rules that no linter knows: which way imports go, how files are named, no barrels, no tests left out.
 * Usage: node tools/structure/check.ts [root]. Exits with 1 on a violation, and when there was nothing to check.
 */
const root = process.argv[2] ?? ".";
const files = sourceFiles(root);
const modules = files.filter(isModule).map((path) => readModule(root, path));
const importCount = modules.reduce((sum, module) => sum + module.imports.length, 0);
const known = new Set(files);
const tree = { files: known, heavyProtocol: findHeavyProtocol(modules, known) };
const findings = [
  ...files.flatMap(checkNames),
  ...modules.flatMap((module) => [...checkImports(module, tree), ...checkBarrel(module), ...checkTests(module)]),
];
for (const { path, line, rule, message } of findings) process.stdout.write(`${path}:${line}  ${rule}  ${message}\n`);
process.stdout.write(`${modules.length} modules, ${importCount} imports, ${findings.length} violations\n`);
if (importCount === 0) process.stdout.write(`nothing was checked: no module with an import below ${root}\n`);
process.exitCode = findings.length > 0 || importCount === 0 ? 1 : 0;
