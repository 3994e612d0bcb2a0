import type { RoomMessages } from "../i18n/en-rooms.ts";
import type { Locale } from "../i18n/messages.ts";
import type { PublicComponent, PublicDay, PublicState } from "../protocol/status.ts";
import { publicStates } from "../protocol/status.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { dateText } from "./times.ts";
import { wordsIn } from "./words-in.ts";

type Words = RoomMessages["status"]["public"];

/** Top and bottom of a bar in a drawing of 34: the worse, the taller, so that colour is not all that tells. */
const heights: Readonly<Record<PublicState, readonly [top: number, bottom: number]>> = {
  operational: [8, 34],
  degraded: [5, 34],
  partial: [2, 34],
  major: [0, 34],
  maintenance: [20, 34],
  "no-data": [27, 34],
};
const troubled: readonly PublicState[] = ["degraded", "partial", "major"];

/** 90 bars as one drawing, with a sentence for those who do not see it; a day with trouble says more when it is pointed at. */
export function dayBars(component: PublicComponent, locale: Locale, m: Words): Markup {
  const { days } = component;
  const name = wordsIn(component.name, locale);
  const trouble = days.filter(({ state }) => troubled.includes(state)).length;
  const paths = publicStates
    .filter((state) => !troubled.includes(state))
    .map((state) => {
      const bars = days.flatMap((day, index) => (day.state === state ? [barPath(state, index)] : []));
      return bars.length === 0 ? markup`` : markup`<path class="f-${state}" d="${bars.join("")}"/>`;
    });
  const told = days.flatMap((day, index) =>
    troubled.includes(day.state)
      ? [
          markup`<path class="f-${day.state}" d="${barPath(day.state, index)}"><title>${dateText(day.date, locale)}: ${dayText(day, m)}</title></path>`,
        ]
      : [],
  );
  return markup`<svg class="bars" viewBox="0 0 ${days.length * 5 - 1} 34" preserveAspectRatio="none" role="img" aria-label="${m.barsOf({ name, trouble })}">${paths}${told}</svg>`;
}

function barPath(state: PublicState, index: number): string {
  const [top, bottom] = heights[state];
  return `M${index * 5} ${top}h4v${bottom - top}h-4z`;
}

/** Every day in words, equal neighbours as one line, the latest first. */
export function dayList(component: PublicComponent, locale: Locale, m: Words): Markup {
  const runs: { from: PublicDay; to: PublicDay; text: string }[] = [];
  for (const day of component.days.toReversed()) {
    const text = dayText(day, m);
    const last = runs.at(-1);
    if (last && last.text === text && !troubled.includes(day.state)) last.from = day;
    else runs.push({ from: day, to: day, text });
  }
  const lines = runs.map(({ from, to, text }) => {
    const [first, last] = [dateText(from.date, locale), dateText(to.date, locale)];
    const span = from === to ? last : m.days({ from: first, to: last });
    return markup`<li><b>${span}</b> ${text}</li>`;
  });
  return markup`<details id="days-${component.id}"><summary>${m.dayByDay({ name: wordsIn(component.name, locale) })}</summary><ol>${lines}</ol></details>`;
}

/** `Partial outage · partial outage for 12 min, degraded for 3 min` */
function dayText({ state, minutes }: PublicDay, m: Words): string {
  const parts = (["major", "partial", "degraded", "maintenance"] as const)
    .filter((one) => minutes[one] > 0)
    .map((one) => m.inState({ state: m.states[one], time: m.minutes({ minutes: minutes[one] }) }));
  return [m.states[state], parts.join(", ")].filter((text) => text !== "").join(" · ");
}
