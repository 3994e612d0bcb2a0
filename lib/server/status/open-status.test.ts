import assert from "node:assert/strict";
import { test } from "node:test";

import { ScopeResolver } from "../access/scope-resolver.ts";
import { testPerson } from "../access/testing/test-person.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { Catalog } from "../cache/catalog.ts";
import { openDatabase } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import { componentSchema } from "./components/component.ts";
import { openStatus } from "./open-status.ts";

test("a source that does not answer hides its own parts, and nothing else of the page", async () => {
  const db = await openDatabase("sqlite::memory:");
  const catalog = new Catalog({
    sources: ["up", "down"].map((slug) => ({ slug, type: "cluster" })),
    watcher: () => () => () => undefined,
    readerScope: () => Promise.resolve("all"),
    idleMs: 1,
  });
  const scopes = new ScopeResolver({
    ask: async (source) => {
      if (source === "down") throw new StowageError("source-unreachable");
      return true;
    },
    namespaces: () => [],
  });
  const parts = ["up", "down"].map((source) => {
    return { type: "workload", source, kind: "deployments.apps", namespace: "shop", name: "web" };
  });
  const status = openStatus({
    db,
    audit: new AuditLog(db),
    config: { title: null, components: [componentSchema.parse({ id: "web", name: "Web", parts })] },
    catalog,
    answer: (person, source, kind) => scopes.answer(person, source, kind),
    past: null,
  });
  const person = testPerson({ credential: () => ({ type: "token", token: "t" }) });
  const { components } = await status.door.look(person);
  assert.deepEqual(
    components[0]?.parts.map(({ hidden }) => hidden),
    [false, true],
  );
  await status.stop();
  await db.destroy();
});
