import type { RoomMessages } from "../i18n/en-rooms.ts";
import type { Locale } from "../i18n/messages.ts";
import type { PublicStatus } from "../protocol/status.ts";
import { componentsOf, wordsIn } from "./words-in.ts";

/** The overall sentence, and what else is to be said about it. */
export function headlineOf(
  status: PublicStatus,
  locale: Locale,
  m: RoomMessages["status"]["public"],
): [string, string] {
  const components = componentsOf(status);
  const namesIn = (...states: string[]) =>
    components.filter(({ state }) => states.includes(state)).map(({ name }) => wordsIn(name, locale));
  const broken = components.filter(({ state }) => state === "degraded" || state === "partial" || state === "major");
  const unknown = namesIn("no-data");
  const [first] = broken;
  if (first) {
    const others = components.length - broken.length === namesIn("operational").length && components.length > 1;
    const sentence =
      broken.length === 1
        ? m.oneIs({ name: wordsIn(first.name, locale), state: m.states[first.state] })
        : m.manyAre({ count: broken.length, total: components.length });
    return [sentence, others && broken.length < components.length ? m.othersWork : ""];
  }
  if (components.length === 0) return [m.nothingShown, ""];
  if (unknown.length === components.length) return [m.allUnknown, ""];
  if (unknown.length > 0) return [m.someUnknown({ names: unknown.join(", ") }), ""];
  const maintained = namesIn("maintenance");
  if (maintained.length === 0) return [m.allWorks, ""];
  return [
    m.allMaintenance({ names: maintained.join(", ") }),
    maintained.length < components.length ? m.othersWork : "",
  ];
}
