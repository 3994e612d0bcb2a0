import type { PublicDay, PublicState, PublicStatus } from "../protocol/status.ts";

const quiet = { operational: 1440, degraded: 0, partial: 0, major: 0, maintenance: 0, "no-data": 0 };

/** A page for tests: so many components, each with a day of every kind of trouble among its 90. */
export function sampleStatus(components: number, more: Partial<PublicStatus> = {}): PublicStatus {
  const states: readonly PublicState[] = ["operational", "degraded", "partial", "major", "maintenance", "no-data"];
  const days = (seed: number): PublicDay[] =>
    Array.from({ length: 90 }, (_, index) => {
      const state = (index * 7 + seed * 13) % 11 === 0 ? (states[(index + seed) % 6] ?? "operational") : "operational";
      const date = new Date(Date.UTC(2026, 7, 27 + index)).toISOString().slice(0, 10);
      const minutes = state === "operational" ? quiet : { ...quiet, operational: 1440 - index, [state]: index + 1 };
      return { date, state, minutes };
    });
  return {
    title: { en: "Harbor Shop", ko: "항구 상점" },
    state: "operational",
    groups: [
      {
        name: { en: "Shop", ko: "상점" },
        components: Array.from({ length: components }, (_, index) => ({
          id: `part-${index}`,
          name: { en: `Part ${index}`, ko: `부분 ${index}` },
          state: "operational" as const,
          since: "2026-11-20T10:00:00.000Z",
          uptime: 99.98,
          days: days(index),
        })),
      },
    ],
    incidents: [],
    maintenance: [],
    ...more,
  };
}
