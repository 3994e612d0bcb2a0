import assert from "node:assert/strict";
import { test } from "node:test";

import { testPerson } from "../../access/testing/test-person.ts";
import { AuditLog } from "../../audit/audit-log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { setLogLevel } from "../../log.ts";
import { removeComponent } from "../components/remove-component.ts";
import { saveComponent } from "../components/save-component.ts";
import { componentSchema } from "../components/component.ts";
import { listComponents } from "../components/component-store.ts";
import { cancelMaintenance } from "../maintenance/cancel-maintenance.ts";
import { currentMaintenance } from "../maintenance/maintenance-store.ts";
import { planMaintenance } from "../maintenance/plan-maintenance.ts";
import type { StatusDoors, StatusVerb } from "../status-doors.ts";
import { dropIncident } from "./drop-incident.ts";
import { recentIncidents } from "./incident-store.ts";
import { proposeIncident } from "./propose-incident.ts";
import { publishIncident } from "./publish-incident.ts";
import { saveIncident } from "./save-incident.ts";
import { updateIncident } from "./update-incident.ts";

setLogLevel("error");

const viewer = testPerson();
const operator = testPerson({ id: "o", role: "operator" });
const part = { type: "workload", source: "prod", kind: "deployments.apps", namespace: "shop", name: "web" };
const web = { id: "web", name: "Web", parts: [part] };
const draft = {
  title: "Payments are slow",
  components: ["web"],
  phase: "investigating",
  text: { en: "We look.", ko: "확인 중." },
};

async function make() {
  const db = await openDatabase("sqlite::memory:");
  const clock = { ms: 1_000_000 };
  const now = () => clock.ms;
  const fromFile = [componentSchema.parse({ ...web, id: "from-file" })];
  const doors: StatusDoors = {
    db,
    audit: new AuditLog(db, now),
    fromFile,
    maySee: (_person, { source }) => Promise.resolve(source === "prod"),
    now,
  };
  const act = async (verb: StatusVerb, input: unknown) => (await verb(doors, operator, input)) as { id: string };
  const audited = async () =>
    (await db.selectFrom("audit").select(["verb", "outcome"]).orderBy("id").execute()).map(
      ({ verb, outcome }) => `${verb} ${outcome}`,
    );
  return { db, clock, doors, act, audited, incidents: () => recentIncidents(db, clock.ms) };
}

test("an incident is written, published, told about and resolved, each with its audit row", async () => {
  const { db, clock, act, audited, incidents } = await make();
  const { id } = await act(saveIncident, draft);
  await act(saveIncident, { ...draft, id, title: "Payments fail" });
  assert.deepEqual(
    (await incidents()).map(({ state, title }) => [state, title.en]),
    [["draft", "Payments fail"]],
  );
  clock.ms += 1_000;
  await act(publishIncident, { id });
  await assert.rejects(act(saveIncident, { ...draft, id }), { code: "conflict" });
  await assert.rejects(act(dropIncident, { id }), { code: "conflict" });
  clock.ms += 1_000;
  await act(updateIncident, { id, phase: "identified", text: "We know." });
  clock.ms += 1_000;
  await act(updateIncident, { id, phase: "resolved", text: "It works." });
  const [incident] = await incidents();
  assert.deepEqual([incident?.state, incident?.resolved], ["resolved", 1_003_000]);
  assert.deepEqual(
    incident?.updates.map(({ at, phase }) => [at, phase]),
    [
      [1_003_000, "resolved"],
      [1_002_000, "identified"],
      [1_001_000, "investigating"],
    ],
  );
  await assert.rejects(act(updateIncident, { id, phase: "monitoring", text: "x" }), { code: "conflict" });
  assert.deepEqual(await audited(), [
    "incident.save done",
    "incident.save done",
    "incident.publish done",
    "incident.save failed",
    "incident.drop failed",
    "incident.update done",
    "incident.update done",
    "incident.update failed",
  ]);
  await db.destroy();
});

test("a viewer writes nothing, and trying is written down", async () => {
  const { db, doors, audited } = await make();
  const verbs: [StatusVerb, unknown][] = [
    [saveIncident, draft],
    [publishIncident, { id: "0123456789ab" }],
    [updateIncident, { id: "0123456789ab", phase: "resolved", text: "x" }],
    [dropIncident, { id: "0123456789ab" }],
    [saveComponent, web],
    [removeComponent, { id: "web" }],
    [planMaintenance, {}],
    [cancelMaintenance, { id: "0123456789ab" }],
  ];
  for (const [verb, input] of verbs) await assert.rejects(verb(doors, viewer, input), { code: "forbidden" });
  assert.deepEqual(
    (await audited()).map((row) => row.split(" ")[1]),
    verbs.map(() => "refused"),
  );
  await db.destroy();
});

test("nothing is done that cannot be written down", async () => {
  const { db, act, incidents } = await make();
  await db.schema.dropTable("audit").execute();
  await assert.rejects(act(saveIncident, draft), { code: "audit-failed" });
  await assert.rejects(act(saveComponent, web), { code: "audit-failed" });
  assert.deepEqual(await incidents(), []);
  assert.deepEqual(await db.selectFrom("status_components").selectAll().execute(), []);
  await db.destroy();
});

test("a component is made of what its maker may see; those of the file stay as they are", async () => {
  const { db, doors, act } = await make();
  await act(saveComponent, web);
  await act(saveComponent, { ...web, name: "Shop" });
  await assert.rejects(act(saveComponent, { ...web, id: "from-file" }), { code: "conflict" });
  await assert.rejects(act(saveComponent, { ...web, parts: [{ ...part, source: "secret" }] }), { code: "forbidden" });
  await assert.rejects(act(saveComponent, { ...web, parts: [] }), { code: "bad-request" });
  const listed = await listComponents(db, doors.fromFile);
  assert.deepEqual(
    listed.map(({ component, origin }) => [component.id, component.name.en, origin]),
    [
      ["from-file", "Web", "yaml"],
      ["web", "Shop", "console"],
    ],
  );
  await act(removeComponent, { id: "web" });
  await assert.rejects(act(removeComponent, { id: "from-file" }), { code: "not-found" });
  await db.destroy();
});

test("maintenance is announced, moved and taken back", async () => {
  const { db, clock, act } = await make();
  const at = (ms: number) => new Date(ms).toISOString();
  const planned = { title: "Upgrade", components: ["web"], starts: at(2_000_000), ends: at(3_000_000) };
  const { id } = await act(planMaintenance, planned);
  await act(planMaintenance, { ...planned, id, ends: at(4_000_000) });
  assert.deepEqual(
    (await currentMaintenance(db, clock.ms)).map(({ ends }) => ends),
    [4_000_000],
  );
  await assert.rejects(act(planMaintenance, { ...planned, ends: at(1_000_000) }), { code: "bad-request" });
  await act(cancelMaintenance, { id });
  assert.deepEqual(await currentMaintenance(db, clock.ms), []);
  await db.destroy();
});

test("a proposal has to be given words before it is shown", async () => {
  const { db, act, incidents } = await make();
  await proposeIncident(db, "web", 1_000);
  await proposeIncident(db, "web", 2_000);
  const [proposal, ...more] = await incidents();
  assert.ok(proposal && more.length === 0);
  await assert.rejects(act(publishIncident, { id: proposal.id }), { code: "bad-request" });
  await act(saveIncident, { ...draft, id: proposal.id });
  await act(publishIncident, { id: proposal.id });
  assert.equal((await incidents())[0]?.began, 1_000, "it began when the component turned");
  await db.destroy();
});
