import assert from "node:assert/strict";
import { test } from "node:test";

import { testPerson } from "../access/testing/test-person.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { openDatabase } from "../db/open-database.ts";
import { componentSchema } from "./components/component.ts";
import { lookInside } from "./look-inside.ts";
import { Recorder } from "./recorder/recorder.ts";
import type { StatusDoors } from "./status-doors.ts";

test("of the parts of a component somebody sees those that their own right shows, of the others their level", async () => {
  const db = await openDatabase("sqlite::memory:");
  const workload = (namespace: string) => {
    return { type: "workload", source: "prod", kind: "deployments.apps", namespace, name: `web-${namespace}` };
  };
  const web = componentSchema.parse({ id: "web", name: "Web", parts: [workload("shop"), workload("secret")] });
  const recorder = new Recorder({ db, title: null, fromFile: [web], rowsOf: () => null });
  await recorder.tick();
  const doors: StatusDoors = {
    db,
    audit: new AuditLog(db),
    fromFile: [web],
    maySee: (_person, part) => Promise.resolve(part.type === "workload" && part.namespace === "shop"),
    now: Date.now,
  };
  const seen = await lookInside(doors, recorder, ["prod", "other"], testPerson());
  assert.equal(seen.mayWrite, false);
  assert.deepEqual(seen.sources, [], "no source is named to somebody who has no credential for it");
  assert.deepEqual(seen.components[0]?.parts, [
    { hidden: false, part: workload("shop"), unknown: "unknown-source" },
    { hidden: true, level: null },
  ]);
  assert.equal(seen.components[0]?.editable, null);
  assert.ok(!JSON.stringify(seen).includes("secret"));
  const operator = await lookInside(doors, recorder, [], testPerson({ role: "operator" }));
  assert.equal(operator.mayWrite, true);
  await recorder.stop();
  await db.destroy();
});
