import { breaks } from "./violation.ts";
import type { Violation } from "./violation.ts";

/** For oxlint: the rule must be found in the file; others may be too. */
export const lintViolations: Violation[] = [
  breaks(
    "typescript(no-explicit-any)",
    "lib/query/any.ts",
    `export function read(value: any): string {\n  return String(value);\n}`,
  ),
  breaks("typescript(no-explicit-any)", "lib/query/any-list.ts", `export const list = [] as Array<any>;`),
  breaks("typescript(ban-ts-comment)", "lib/query/ignores.ts", `// @ts-ignore\nexport const a: string = 1;`),
  breaks(
    "typescript(ban-ts-comment)",
    "lib/query/expects.ts",
    `// @ts-expect-error: it is a number\nexport const a: string = 1;`,
  ),
  breaks("import(no-default-export)", "lib/query/default.ts", `export default function parse() {}`),
  breaks("import(no-default-export)", "lib/query/default-name.ts", `const parse = 1;\nexport { parse as default };`),
  breaks("import(no-default-export)", "components/pane.tsx", `export default function Pane() {\n  return null;\n}`),
  breaks("import(no-default-export)", "app/pane.tsx", `export default function Pane() {\n  return null;\n}`),
  breaks("eslint(no-console)", "lib/query/prints.ts", `console.log(1);\nexport const a = 1;`),
  breaks("eslint(no-console)", "app/prints.tsx", `console.error(1);\nexport const a = 1;`),
  breaks("eslint(no-console)", "components/prints.tsx", `console.debug(1);\nexport const a = 1;`),
  breaks(
    "typescript(no-floating-promises)",
    "lib/query/floats.ts",
    `export function go(): void {\n  Promise.resolve(1);\n}`,
  ),
  breaks(
    "typescript(no-misused-promises)",
    "lib/query/misuses.ts",
    `setTimeout(async () => {\n  await Promise.resolve();\n}, 1);\nexport const a = 1;`,
  ),
  breaks(
    "typescript(no-misused-promises)",
    "components/misuses.tsx",
    `export function isOn(on: Promise<boolean>): boolean {\n  return on ? true : false;\n}`,
  ),
  breaks(
    "typescript(switch-exhaustiveness-check)",
    "lib/query/switches.ts",
    `export function code(key: "a" | "b"): number {\n  switch (key) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}`,
  ),
  breaks("typescript(only-throw-error)", "lib/query/throws.ts", `export function fail(): never {\n  throw "text";\n}`),
  breaks(
    "typescript(no-import-type-side-effects)",
    "lib/query/half-types.ts",
    `import { type Query } from "../protocol/query.ts";\nexport type Q = Query;`,
  ),
  breaks("typescript(no-require-imports)", "lib/query/requires.ts", `export const fs: unknown = require("node:fs");`),
  breaks("unicorn(no-abusive-eslint-disable)", "lib/query/mutes.ts", `// oxlint-disable\nexport const a = 1;`),
  breaks("eslint(eqeqeq)", "lib/query/loose.ts", `export const same = (a: string, b: string) => a == b;`),
  breaks(
    "react(jsx-key)",
    "components/keys.tsx",
    `export function List({ rows }: { rows: string[] }) {\n  return rows.map((row) => <p>{row}</p>);\n}`,
  ),
  breaks(
    "react-hooks(exhaustive-deps)",
    "components/hooks.tsx",
    `import { useEffect } from "react";\nexport function Title({ title }: { title: string }) {\n  useEffect(() => {\n    document.title = title;\n  }, []);\n  return null;\n}`,
  ),
];
