import type { RoomMessages } from "../i18n/en-rooms.ts";
import type { Locale } from "../i18n/messages.ts";
import { localeOf, roomMessagesFor } from "../i18n/messages.ts";
import type {
  PublicComponent,
  PublicIncident,
  PublicMaintenance,
  PublicState,
  PublicStatus,
} from "../protocol/status.ts";
import { dayBars, dayList } from "./day-bars.ts";
import { headlineOf } from "./headline.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { momentOf } from "./times.ts";
import { namesOf, wordsIn } from "./words-in.ts";

type Words = RoomMessages["status"]["public"];

export type PageLook = {
  locale: Locale;
  theme: "system" | "light" | "dark";
  /** When the state was last known to be true, ISO; and whether that is too long ago to be taken for now. */
  checked: string;
  stale: boolean;
  /** Addresses of what the page loads. */
  stylesheet: string;
  script: string;
};

/** The language of a request: the address's, else the reader's choice, else the browser's. */
export function pageLocale(asked: string | null, cookie: string | undefined, accepted: string | undefined): Locale {
  return localeOf(asked === "en" || asked === "ko" ? asked : cookie, accepted ?? null);
}

/** The whole public page. Complete without its script. */
export function renderPage(status: PublicStatus, look: PageLook): string {
  const { locale } = look;
  const m = roomMessagesFor(locale).status.public;
  const title = status.title ? wordsIn(status.title, locale) : m.title;
  const other = locale === "ko" ? "en" : "ko";
  const open = status.incidents.filter(({ resolved }) => resolved === null);
  const past = status.incidents.filter(({ resolved }) => resolved !== null);
  const page = markup`<!doctype html>
<html lang="${locale}" data-theme="${look.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${look.stylesheet}">
<link rel="alternate" type="application/atom+xml" href="/status/feed.xml?lang=${locale}" title="${m.feedTitle({ title })}">
<link rel="alternate" hreflang="${other}" href="/status?lang=${other}">
<script src="${look.script}" defer></script>
</head>
<body>
<a class="skip" href="#state">${m.skip}</a>
<header><p class="name">${title}</p><nav><a href="/status/feed.xml?lang=${locale}" title="${m.subscribeTitle}">${m.subscribe}</a> <a href="/status?lang=${other}" lang="${other}" hreflang="${other}">${m.language}</a></nav></header>
<main id="state" tabindex="-1">
${banner(status, look, m)}
${open.length === 0 ? null : markup`<section aria-labelledby="now"><h2 id="now">${m.now}</h2>${open.map((one) => incident(one, status, locale, m))}</section>`}
${status.groups.map(({ name, components }, index) => {
  const heading = name ? wordsIn(name, locale) : m.components;
  const quiet = status.groups.length === 1 && !name ? "quiet" : "";
  return markup`<section aria-labelledby="g${index}"><h2 id="g${index}" class="${quiet}">${heading}</h2><ul class="card">${components.map((one) => row(one, locale, m))}</ul></section>`;
})}
${status.groups.length === 0 ? null : markup`<p class="rule">${m.uptimeRule}</p>`}
${status.maintenance.length === 0 ? null : markup`<section aria-labelledby="planned"><h2 id="planned">${m.planned}</h2>${status.maintenance.map((one) => planned(one, status, look, m))}</section>`}
<section aria-labelledby="history"><h2 id="history">${m.history}</h2>${past.length === 0 ? markup`<p class="muted">${m.noHistory}</p>` : past.map((one) => incident(one, status, locale, m))}</section>
</main>
<footer><p id="live" role="status" data-live="${m.live}" data-lost="${m.liveLost}">${m.noScript}</p></footer>
</body>
</html>
`;
  return page.markup;
}

function banner(status: PublicStatus, { locale, checked, stale }: PageLook, m: Words): Markup {
  const [sentence, more] = headlineOf(status, locale, m);
  const at = momentOf(checked, locale);
  if (stale) {
    return markup`<div class="banner b-no-data">${mark("no-data")}<div><h1>${m.lastKnown}</h1><p>${m.lastKnownBody}: ${at}.</p><p>${sentence}</p></div></div>`;
  }
  return markup`<div class="banner b-${status.state}">${mark(status.state)}<div><h1>${sentence}</h1><p>${more === "" ? "" : `${more} `}${m.asOf} ${at}</p></div></div>`;
}

function row(component: PublicComponent, locale: Locale, m: Words): Markup {
  const { state, uptime, description } = component;
  const share = uptime === null ? m.uptimeUnknown : m.uptimeOf({ percent: uptime.toFixed(2).replace(/\.?0+$/, "") });
  return markup`<li id="c-${component.id}"><div class="top">${mark(state)}<h3>${wordsIn(component.name, locale)}</h3><span class="state s-${state}">${m.states[state]}</span><span class="uptime">${share}</span></div>${description ? markup`<p class="muted">${wordsIn(description, locale)}</p>` : null}${dayBars(component, locale, m)}<p class="ends" aria-hidden="true"><span>${m.daysAgo}</span><span>${m.today}</span></p>${dayList(component, locale, m)}</li>`;
}

function incident(one: PublicIncident, status: PublicStatus, locale: Locale, m: Words): Markup {
  const names = namesOf(status, one.components, locale);
  const updates = one.updates.map(
    ({ at, phase, text }) =>
      markup`<li><b>${m.phases[phase]}</b> ${momentOf(at, locale)}<p>${wordsIn(text, locale)}</p></li>`,
  );
  return markup`<article id="incident-${one.id}" class="${one.resolved === null ? "open" : "past"}"><h3>${wordsIn(one.title, locale)}</h3><p class="muted">${m.began} ${momentOf(one.began, locale)}${names === "" ? "" : ` · ${m.affects}: ${names}`}</p><ol>${updates}</ol></article>`;
}

function planned(one: PublicMaintenance, status: PublicStatus, { locale, checked }: PageLook, m: Words): Markup {
  const underWay = one.starts <= checked ? markup`<b>${m.underWay}</b> · ` : null;
  const names = namesOf(status, one.components, locale);
  return markup`<article id="maintenance-${one.id}" class="planned"><h3>${wordsIn(one.title, locale)}</h3><p class="muted">${underWay}${momentOf(one.starts, locale)} ${m.until} ${momentOf(one.ends, locale)}${names === "" ? "" : ` · ${m.affects}: ${names}`}</p>${one.text ? markup`<p>${wordsIn(one.text, locale)}</p>` : null}</article>`;
}

/** A shape for each state, beside the word that says the same. */
const shapes: Readonly<Record<PublicState, Markup>> = {
  operational: markup`<circle cx="6" cy="6" r="4"/>`,
  degraded: markup`<path d="M6 1l5.3 9.6H.7z"/>`,
  partial: markup`<path d="M6 .5L11.5 6 6 11.5.5 6z"/>`,
  major: markup`<rect x="1.5" y="1.5" width="9" height="9" rx="1"/>`,
  maintenance: markup`<path d="M2 2h8v2H2zM2 5h8v2H2zM2 8h8v2H2z"/>`,
  "no-data": markup`<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.2 1.6"/>`,
};

function mark(state: PublicState): Markup {
  return markup`<svg class="mark s-${state}" viewBox="0 0 12 12" width="12" height="12" fill="currentColor" aria-hidden="true">${shapes[state]}</svg>`;
}
