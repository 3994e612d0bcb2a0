import type {
  PublicComponent,
  PublicGroup,
  PublicIncident,
  PublicMaintenance,
  PublicStatus,
  PublicWords,
} from "../../../protocol/status.ts";
import { worstOf } from "../../../protocol/status.ts";
import type { Component } from "../components/component.ts";
import type { OpenInterval } from "../history/interval-store.ts";
import type { Interval } from "../history/uptime.ts";
import { daysOf, uptimeOf } from "../history/uptime.ts";
import type { Incident } from "../incidents/incident-store.ts";
import type { Maintenance } from "../maintenance/maintenance-store.ts";

export type Composed = {
  title: PublicWords | null;
  components: readonly Component[];
  open: ReadonlyMap<string, OpenInterval>;
  intervals: ReadonlyMap<string, readonly Interval[]>;
  incidents: readonly Incident[];
  maintenance: readonly Maintenance[];
  /** In ms. */
  now: number;
};

/** The public document. Every field is named here, so that nothing new becomes public by being there. */
export function compose(parts: Composed): PublicStatus {
  const { title, components, incidents, maintenance } = parts;
  const known = new Set(components.map(({ id }) => id));
  const shown = (ids: readonly string[]) => ids.filter((id) => known.has(id));
  const groups = groupsOf(components, (component) => publicComponent(component, parts));
  const states = groups.flatMap((group) => group.components.map(({ state }) => state));
  return {
    title: title && words(title),
    state: worstOf(states) ?? "no-data",
    groups,
    incidents: incidents
      .filter(({ state }) => state !== "draft")
      .map((incident): PublicIncident => ({
        id: incident.id,
        title: words(incident.title),
        began: isoOf(incident.began),
        resolved: incident.resolved === null ? null : isoOf(incident.resolved),
        components: shown(incident.components),
        updates: incident.updates.map(({ at, phase, text }) => ({ at: isoOf(at), phase, text: words(text) })),
      })),
    maintenance: maintenance.map((planned): PublicMaintenance => ({
      id: planned.id,
      title: words(planned.title),
      text: planned.text ? words(planned.text) : undefined,
      starts: isoOf(planned.starts),
      ends: isoOf(planned.ends),
      components: shown(planned.components),
    })),
  };
}

function publicComponent({ id, name, description }: Component, { open, intervals, now }: Composed): PublicComponent {
  const current = open.get(id);
  const past = intervals.get(id) ?? [];
  return {
    id,
    name: words(name),
    description: description ? words(description) : undefined,
    state: current?.state ?? "no-data",
    since: current ? isoOf(current.began) : null,
    uptime: uptimeOf(past, now),
    days: daysOf(past, now),
  };
}

/** Groups in the order in which they first appear; those without a group are one, without a name. */
function groupsOf(components: readonly Component[], make: (component: Component) => PublicComponent): PublicGroup[] {
  const groups = new Map<string, { name: PublicWords | null; components: PublicComponent[] }>();
  for (const component of components) {
    const key = component.group?.en ?? "";
    const group = groups.get(key) ?? { name: component.group ? words(component.group) : null, components: [] };
    group.components.push(make(component));
    groups.set(key, group);
  }
  return [...groups.values()];
}

function words({ en, ko }: PublicWords): PublicWords {
  return ko === undefined ? { en } : { en, ko };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
