import type { Locale } from "../i18n/messages.ts";
import { roomMessagesFor } from "../i18n/messages.ts";
import type { PublicStatus } from "../protocol/status.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { momentText } from "./times.ts";
import { namesOf, wordsIn } from "./words-in.ts";

/** Incidents and maintenance as Atom, the latest first. Links are relative: the page may have several names. */
export function renderFeed(status: PublicStatus, locale: Locale): string {
  const m = roomMessagesFor(locale).status.public;
  const title = status.title ? wordsIn(status.title, locale) : m.title;
  const incidents = status.incidents.map((one) => {
    const updated = one.updates[0]?.at ?? one.began;
    const updates = one.updates.map(
      ({ at, phase, text }) =>
        markup`<p><b>${m.phases[phase]}</b> ${momentText(at, locale)}<br/>${wordsIn(text, locale)}</p>`,
    );
    const affected = affects(namesOf(status, one.components, locale), m.affects);
    const name = wordsIn(one.title, locale);
    return { id: `incident-${one.id}`, name, published: one.began, updated, content: markup`${affected}${updates}` };
  });
  const planned = status.maintenance.map((one) => {
    const span = markup`<p>${momentText(one.starts, locale)} ${m.until} ${momentText(one.ends, locale)}</p>`;
    const text = one.text ? markup`<p>${wordsIn(one.text, locale)}</p>` : null;
    const affected = affects(namesOf(status, one.components, locale), m.affects);
    const name = `${m.planned}: ${wordsIn(one.title, locale)}`;
    return {
      id: `maintenance-${one.id}`,
      name,
      published: one.starts,
      updated: one.starts,
      content: markup`${span}${affected}${text}`,
    };
  });
  const entries = [...incidents, ...planned].toSorted((a, b) => (a.updated < b.updated ? 1 : -1));
  const latest = entries[0]?.updated ?? "1970-01-01T00:00:00.000Z";
  const feed = markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<id>urn:stowage:status</id>
<title>${m.feedTitle({ title })}</title>
<updated>${latest}</updated>
<author><name>${title}</name></author>
<link rel="self" href="/status/feed.xml"/>
<link rel="alternate" type="text/html" href="/status"/>
${entries.map(({ id, name, published, updated, content }) => {
  return markup`<entry><id>urn:stowage:status:${id}</id><title>${name}</title><published>${published}</published><updated>${updated}</updated><link href="/status#${id}"/><content type="html">${content.markup}</content></entry>
`;
})}</feed>
`;
  return feed.markup;
}

function affects(names: string, word: string): Markup {
  return names === "" ? markup`` : markup`<p>${word}: ${names}</p>`;
}
