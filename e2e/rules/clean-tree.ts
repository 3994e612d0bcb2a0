/** The smallest tree that uses every way the rules allow: each checker must pass it, or its findings elsewhere mean nothing. */
export const cleanTree: Record<string, string> = {
  "next.config.ts": `import type { NextConfig } from "next";\n\nexport default {} satisfies NextConfig;\n`,
  "app/layout.tsx": `import type { ReactNode } from "react";
import "./globals.css";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`,
  "app/globals.css": `body {\n  margin: 0;\n}\n`,
  "app/css.d.ts": `declare module "*.css";\n`,
  "app/(console)/[kind]/[source]/[...name]/page.tsx": `import { Table } from "@/components/table/table";
import { kinds } from "@/lib/kinds/index.ts";
import { querySchema } from "@/lib/protocol/query.ts";
import { stowage } from "@/lib/server/next.ts";

export default function Page() {
  return <Table title={\`\${kinds.length} \${querySchema.parse({ kind: "pods" }).kind} \${stowage().face}\`} />;
}
`,
  "components/table/table.tsx": `import { useRows } from "@/lib/client/hooks/use-rows";
import { pods } from "@/lib/kinds/pods";
import type { Query } from "@/lib/protocol/query";
import { levels } from "@/lib/protocol/level";

export function Table({ title }: { title: string }) {
  const query: Query = { kind: pods.id };
  return <table aria-label={title} data-rows={useRows(query)} data-levels={levels.length} />;
}
`,
  "lib/client/hooks/use-rows.ts": `import type { Query } from "../../protocol/query.ts";
import { parse } from "../../query/parse.ts";

export function useRows(query: Query): number {
  return parse(query.kind).length;
}
`,
  "lib/kinds/index.ts": `import { pods } from "./pods.ts";

export const kinds = [pods];
`,
  "lib/kinds/pods.ts": `import type { Messages } from "../i18n/en.ts";
import { age } from "../shared/age.ts";

export const pods = { id: "pods", label: "pods" satisfies keyof Messages, age: age(0) };
`,
  "lib/query/parse.ts": `import type { Query } from "../protocol/query.ts";

export function parse(text: string): Query[] {
  return [{ kind: text }];
}
`,
  "lib/query/parse.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { kinds } from "../kinds/index.ts";
import { parse } from "./parse.ts";

test("every kind parses", () => {
  assert.equal(parse(kinds[0]?.id ?? "").length, 1);
});
`,
  "lib/i18n/en.ts": `import { age } from "../shared/age.ts";

export const en = { pods: \`Pods \${age(0)}\` };
export type Messages = typeof en;
`,
  "lib/shared/age.ts": `export function age(seconds: number): string {\n  return \`\${seconds}s\`;\n}\n`,
  "lib/protocol/query.ts": `import { z } from "zod";

export const querySchema = z.object({ kind: z.string() });
export type Query = z.infer<typeof querySchema>;
`,
  "lib/protocol/level.ts": `import type { Query } from "./query.ts";

export const levels: Query["kind"][] = [];
`,
  "lib/server/start.ts": `import { serve } from "./main.ts";

console.log(await serve());
`,
  "lib/server/main.ts": `import { log } from "./log.ts";
import { runtime } from "./runtime.ts";

export async function serve(): Promise<string> {
  log(await runtime());
  return "serving";
}
`,
  "lib/server/runtime.ts": `import { en } from "./words.ts";
import { world } from "./demo/world.ts";
import { stream } from "./stream/stream.ts";

export async function runtime(): Promise<string> {
  return stream() + world() + en.pods;
}
`,
  "lib/server/words.ts": `import type { Messages } from "../i18n/en.ts";

export const en: Messages = { pods: "" };
`,
  "lib/server/next.ts": `import type { Face } from "./access/face.ts";

export function stowage(): { face: Face } {
  return { face: "local" };
}
`,
  "lib/server/log.ts": `export function log(line: string): void {\n  console.log(line);\n}\n`,
  "lib/server/access/face.ts": `import type { Row } from "../cache/row.ts";

export type Face = "local" | Row["face"];
`,
  "lib/server/cache/row.ts": `import { log } from "../log.ts";
import { watch } from "../watch/watch.ts";

export type Row = { face: "team" };

export function row(): Row {
  log(watch());
  return { face: "team" };
}
`,
  "lib/server/watch/watch.ts": `import { list } from "../sources/list.ts";

export function watch(): string {
  return list();
}
`,
  "lib/server/watch/watch.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { missing } from "../../../tools/real-parts.ts";
import { world } from "../demo/world.ts";
import { watch } from "./watch.ts";

test("watches the demo", { skip: missing("engine") }, () => {
  assert.notEqual(watch(), world());
});
`,
  "lib/server/sources/list.ts": `import { readFileSync } from "node:fs";

export function list(): string {
  return readFileSync("/dev/null", "utf8");
}
`,
  "lib/server/live/view.ts": `import { row } from "../cache/row.ts";

export function view(): string {
  return row().face;
}
`,
  "lib/server/stream/stream.ts": `import type { Face } from "../access/face.ts";
import { view } from "../live/view.ts";

export function stream(): string {
  const face: Face = "local";
  return face + view();
}
`,
  "lib/server/live/view.fake.ts": `import { world } from "../demo/world.ts";

export const fakeView = world;
`,
  "lib/server/live/view.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { view } from "./view.ts";
import { fakeView } from "./view.fake.ts";

test("the fake is no view", () => assert.notEqual(fakeView(), view()));
`,
  "lib/server/demo/world.ts": `export function world(): string {\n  return "world";\n}\n`,
  "tools/real-parts.ts": `export function missing(part: string): string | false {\n  return part === "engine" && "no engine";\n}\n`,
};
