import { breaks } from "./violation.ts";
import type { Violation } from "./violation.ts";

/** For tools/structure: nothing else than this rule may be found in the file. */
export const structureViolations: Violation[] = [
  // app → components → lib/client → protocol, kinds, query, i18n → shared
  breaks(
    "direction",
    "components/to-app.tsx",
    `export { dynamic as a } from "../app/route-options";\nexport const b = 1;`,
  ),
  breaks("direction", "app/route-options.ts", `import "../tools/real-parts.ts";`),
  breaks("direction", "lib/client/to-components.ts", `import "../../components/table/table.tsx";`),
  breaks(
    "direction",
    "lib/shared/to-kinds.ts",
    `import type { kinds } from "../kinds/index.ts";\nexport type K = typeof kinds;`,
  ),
  breaks("direction", "lib/kinds/to-client.ts", `import "../client/hooks/use-rows.ts";`),
  breaks(
    "direction",
    "lib/kinds/to-server.ts",
    `import type { Face } from "../server/access/face.ts";\nexport type F = Face;`,
  ),
  breaks("direction", "lib/query/to-words.ts", `export type M = import("../i18n/en.ts").Messages;`),
  breaks(
    "direction",
    "lib/i18n/to-kinds.ts",
    `import type { pods } from "../kinds/pods.ts";\nexport type P = typeof pods;`,
  ),
  breaks("direction", "lib/protocol/to-client.ts", `export const rows = await import("../client/hooks/use-rows.ts");`),
  // The browser's side and the server's never meet.
  breaks(
    "direction",
    "components/to-server.tsx",
    `import type { Face } from "@/lib/server/access/face";\nexport type F = Face;`,
  ),
  breaks(
    "direction",
    "components/to-door.tsx",
    `import { stowage } from "@/lib/server/next.ts";\nexport const s = stowage;`,
  ),
  breaks(
    "direction",
    "lib/client/to-server.ts",
    `export const worker = new URL("../server/main.ts", import.meta.url);`,
  ),
  breaks("direction", "lib/client/to-server.test.ts", `import "../server/log.ts";`),
  breaks("direction", "lib/server/to-client.ts", `import "../client/hooks/use-rows.ts";`),
  breaks("direction", "lib/server/to-components.ts", `import "../../components/table/table.tsx";`),
  breaks(
    "direction",
    "app/client-page.tsx",
    `"use client";\nimport { stowage } from "@/lib/server/next.ts";\nexport const s = stowage;`,
  ),
  breaks("direction", "lib/server/watch/to-tools.ts", `import "../../../tools/real-parts.ts";`),
  breaks(
    "server-door",
    "app/deep.ts",
    `import type { Face } from "@/lib/server/access/face.ts";\nexport type F = Face;`,
  ),
  breaks("server-door", "app/runtime.ts", `export const server = import("../lib/server/runtime.ts");`),
  breaks(
    "server-door",
    "lib/server/live/through-door.ts",
    `import { stowage } from "../next.ts";\nexport const s = stowage;`,
  ),
  // Types yes, values no.
  breaks(
    "types-only",
    "components/parses.tsx",
    `import { querySchema } from "@/lib/protocol/query";\nexport const q = querySchema;`,
  ),
  breaks(
    "types-only",
    "components/half-types.tsx",
    `import { type Query } from "@/lib/protocol/query";\nexport type Q = Query;`,
  ),
  breaks(
    "types-only",
    "lib/client/parses.ts",
    `import { querySchema } from "../protocol/query.ts";\nexport const q = querySchema;`,
  ),
  breaks(
    "types-only",
    "app/client-form.tsx",
    `"use client";\nimport { querySchema } from "@/lib/protocol/query.ts";\nexport const q = querySchema;`,
  ),
  breaks("types-only", "lib/kinds/speaks.ts", `import { en } from "../i18n/en.ts";\nexport const words = en;`),
  breaks(
    "types-only",
    "lib/query/parses.ts",
    `import { querySchema } from "../protocol/query.ts";\nexport const q = querySchema;`,
  ),
  breaks(
    "types-only",
    "lib/query/reads-kinds.ts",
    `import { kinds } from "../kinds/index.ts";\nexport const k = kinds;`,
  ),
  breaks("types-only", "lib/server/speaks.ts", `import { en } from "../i18n/en.ts";\nexport const words = en;`),
  // stream → live → cache → watch → sources
  breaks(
    "server-order",
    "lib/server/sources/to-watch.ts",
    `import { watch } from "../watch/watch.ts";\nexport const w = watch;`,
  ),
  breaks(
    "server-order",
    "lib/server/watch/to-cache.ts",
    `import type { Row } from "../cache/row.ts";\nexport type R = Row;`,
  ),
  breaks(
    "server-order",
    "lib/server/cache/to-live.ts",
    `export * as live from "../live/view.ts";\nexport const c = 1;`,
  ),
  breaks("server-order", "lib/server/live/to-stream.ts", `import "../stream/stream.ts";`),
  breaks("server-order", "lib/server/access/to-live.ts", `import "../live/view.ts";`),
  breaks("server-order", "lib/server/cache/to-actions.ts", `import "../actions/scale.ts";`),
  breaks("server-order", "lib/server/actions/scale.ts", `import "../runtime.ts";`),
  breaks("server-order", "lib/server/stream/to-http.ts", `import "../http/requests.ts";`, {
    "lib/server/http/requests.ts": `import type { runtime } from "../runtime.ts";\nexport type R = typeof runtime;`,
  }),
  breaks("server-order", "lib/server/config/to-sources.ts", `import "../sources/list.ts";`),
  breaks("server-order", "lib/server/demo/to-cache.ts", `import "../cache/row.ts";`),
  breaks("demo-door", "lib/server/sources/to-demo.ts", `import "../demo/world.ts";`),
  breaks(
    "demo-door",
    "lib/server/knows-demo.ts",
    `import type { world } from "./demo/world.ts";\nexport type W = typeof world;`,
  ),
  // What a browser cannot run.
  breaks("server-package", "components/schema.tsx", `import type { z } from "zod";\nexport type S = z.ZodType;`),
  breaks("server-package", "lib/client/schema.ts", `import { z } from "zod/mini";\nexport const s = z;`),
  breaks("server-package", "lib/client/file.ts", `import { readFileSync } from "fs";\nexport const r = readFileSync;`),
  breaks("server-package", "lib/kinds/file.ts", `import { join } from "node:path";\nexport const j = join;`),
  breaks("pure", "lib/kinds/drawn.ts", `import { useState } from "react";\nexport const u = useState;`),
  breaks("pure", "lib/shared/yaml.ts", `import { parse } from "yaml";\nexport const p = parse;`),
  // How imports are written, and that they lead somewhere.
  breaks("import-style", "lib/query/no-extension.ts", `import { age } from "../shared/age";\nexport const a = age;`),
  breaks("import-style", "lib/query/alias.ts", `import { age } from "@/lib/shared/age.ts";\nexport const a = age;`),
  breaks("unresolved-import", "lib/query/lost.ts", `import "../shared/gone.ts";`),
  breaks("computed-import", "lib/query/computed.ts", `export const load = (name: string) => import("./" + name);`),
  breaks("test-imported", "lib/server/live/reads-fake.ts", `import "./view.fake.ts";`),
  breaks(
    "types-only",
    "components/parses-indirectly.tsx",
    `import { live } from "@/lib/protocol/live";\nexport const l = live;`,
    {
      "lib/protocol/live.ts": `import { querySchema } from "./query.ts";\nexport const live = querySchema;`,
    },
  ),
  breaks(
    "types-only",
    "lib/i18n/levels.ts",
    `import { levels } from "../protocol/level.ts";\nexport const l = levels;`,
  ),
  breaks("test-imported", "lib/query/reads-test.ts", `import "./parse.test.ts";`),
  breaks("room", "lib/extra/room.ts", `export const a = 1;`),
  breaks("room", "lib/server/extra/room.ts", `export const a = 1;`),
  // Names and barrels.
  breaks("barrel", "lib/query/index.ts", `export const a = 1;`),
  breaks("barrel", "lib/query/all.ts", `export { parse } from "./parse.ts";\nexport * from "./parse.ts";`),
  breaks("file-name", "components/table/TableCell.tsx", `export const a = 1;`),
  breaks("file-name", "lib/query/snake_case.ts", `export const a = 1;`),
  breaks("file-name", "components/[kind]/cell.tsx", `export const a = 1;`),
  breaks("vague-name", "lib/query/utils.ts", `export const a = 1;`),
  breaks("vague-name", "lib/server/live/session-manager.ts", `export const a = 1;`),
  breaks("vague-name", "components/common/cell.tsx", `export const a = 1;`),
  breaks("vague-name", "e2e/test-helpers.ts", `export const a = 1;`),
  // No test is left out.
  breaks("test-only", "lib/query/one.test.ts", `import { test } from "node:test";\ntest.only("a", () => {});`),
  breaks(
    "test-only",
    "lib/query/one-option.test.ts",
    `import { test } from "node:test";\ntest("a", { only: true }, () => {});`,
  ),
  breaks("test-only", "e2e/one.spec.ts", `import { test } from "playwright/test";\ntest.describe.only("a", () => {});`),
  breaks(
    "test-skip",
    "lib/query/none.test.ts",
    `import { it } from "node:test";\nit("a", { skip: "later" }, () => {});`,
  ),
  breaks(
    "test-skip",
    "lib/query/either.test.ts",
    `import { it } from "node:test";\nit("a", { skip: missing("postgres") || "later" }, () => {});`,
  ),
  breaks("test-skip", "lib/query/later.test.ts", `import { it } from "node:test";\nit["todo"]("a");`),
  breaks(
    "test-skip",
    "lib/query/inside.test.ts",
    `import { test } from "node:test";\ntest("a", (t) => t.skip("later"));`,
  ),
  breaks("test-skip", "e2e/fix.spec.ts", `import { test } from "playwright/test";\ntest.fixme("a", () => {});`),
];
