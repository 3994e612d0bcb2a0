import type { SeenComponent, SeenPart, StatusAdmin } from "../../protocol/status-admin.ts";
import type { Person } from "../access/person.ts";
import { hasRole } from "../access/person.ts";
import { workloadKinds } from "./components/component.ts";
import type { ListedComponent } from "./components/component-store.ts";
import { listComponents } from "./components/component-store.ts";
import type { PartMeasure } from "./components/measure.ts";
import type { OpenInterval } from "./history/interval-store.ts";
import { openIntervals } from "./history/interval-store.ts";
import { recentIncidents } from "./incidents/incident-store.ts";
import { currentMaintenance } from "./maintenance/maintenance-store.ts";
import type { Recorder } from "./recorder/recorder.ts";
import type { StatusDoors } from "./status-doors.ts";

/** What is behind the public page, with the parts of components as far as this person's own right shows them. */
export async function lookInside(
  doors: StatusDoors,
  recorder: Recorder,
  sources: readonly string[],
  person: Person,
): Promise<StatusAdmin> {
  const { db, fromFile, now } = doors;
  const [components, open] = [await listComponents(db, fromFile), await openIntervals(db)];
  const [incidents, maintenance] = [await recentIncidents(db, now()), await currentMaintenance(db, now())];
  return {
    mayWrite: hasRole(person, "operator"),
    records: recorder.records,
    components: await Promise.all(
      components.map(async (listed) => await seenComponent(doors, recorder, open, person, listed)),
    ),
    incidents: incidents.map((one) => ({
      ...one,
      began: one.began / 1000,
      resolved: one.resolved === null ? null : one.resolved / 1000,
      updates: one.updates.map((update) => ({ ...update, at: update.at / 1000 })),
    })),
    maintenance: maintenance.map((one) => ({ ...one, starts: one.starts / 1000, ends: one.ends / 1000 })),
    workloadKinds,
    sources: sources.filter((source) => person.credential(source) !== null),
  };
}

async function seenComponent(
  doors: StatusDoors,
  recorder: Recorder,
  open: ReadonlyMap<string, OpenInterval>,
  person: Person,
  { component, origin }: ListedComponent,
): Promise<SeenComponent> {
  const { parts: made, ...rest } = component;
  const measurement = recorder.measurements.get(component.id);
  const measures = measurement?.parts ?? made.map((part): PartMeasure => ({ part, unknown: "silent" }));
  const parts = await Promise.all(
    measures.map(async (one): Promise<SeenPart> => {
      if (await doors.maySee(person, one.part)) return { hidden: false, ...one };
      return { hidden: true, level: "unknown" in one ? null : one.level };
    }),
  );
  const told = open.get(component.id);
  return {
    component: rest,
    editable: parts.some(({ hidden }) => hidden) ? null : component,
    origin,
    state: told?.state ?? "no-data",
    since: told ? told.began / 1000 : null,
    measured: measurement?.measured ?? "no-data",
    parts,
  };
}
