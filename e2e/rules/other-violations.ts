import { breaks } from "./violation.ts";
import type { Violation } from "./violation.ts";

/** For tsc: the code of the error. */
export const typeViolations: Violation[] = [
  breaks("TS1294", "lib/query/enum.ts", `export enum Level {\n  Low,\n}`),
  breaks("TS1294", "lib/query/namespace.ts", `export namespace Level {\n  export const low = 1;\n}`),
  breaks("TS1294", "lib/query/parameter.ts", `export class Level {\n  constructor(readonly low: number) {}\n}`),
  breaks(
    "TS1484",
    "lib/query/mixed-import.ts",
    `import { Query } from "../protocol/query.ts";\nexport type Q = Query;`,
  ),
  breaks("TS6133", "lib/query/unused-local.ts", `export function one(): number {\n  const two = 2;\n  return 1;\n}`),
  breaks("TS2322", "lib/query/unchecked-index.ts", `export const first = (list: string[]): string => list[0];`),
  breaks("TS2322", "lib/query/wrong-type.ts", `export const text: string = 1;`),
];

/** For knip: the kind of issue. */
export const unusedViolations: Violation[] = [
  breaks("files", "lib/query/nobody.ts", `export const nobody = 1;`),
  breaks("exports", "lib/shared/used.ts", `export const used = 1;\nexport const idle = 2;`, {
    "lib/shared/used.test.ts": `import { used } from "./used.ts";\nconsole.log(used);`,
  }),
  breaks("unlisted", "lib/query/unlisted.test.ts", `import "left-pad";`),
];

/** For oxfmt. */
export const formatViolations: Violation[] = [
  breaks("format", "lib/query/unformatted.ts", `export const a = {b:1}`),
  breaks("format", "components/unformatted.css", `a{color:red}`),
];
