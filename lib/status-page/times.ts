import type { Locale } from "../i18n/messages.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** Made once: a formatter costs a thousand times what it does. */
const formats = { en: formatsOf("en-GB"), ko: formatsOf("ko-KR") };

function formatsOf(tag: string): { date: Intl.DateTimeFormat; time: Intl.DateTimeFormat } {
  return {
    date: new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" }),
    time: new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }),
  };
}

/** A moment in UTC, which the page's script writes again in the reader's zone. */
export function momentOf(iso: string, locale: Locale): Markup {
  return markup`<time datetime="${iso}">${momentText(iso, locale)}</time>`;
}

export function momentText(iso: string, locale: Locale): string {
  const { date, time } = formats[locale];
  const moment = new Date(iso);
  return `${date.format(moment)}, ${time.format(moment)} UTC`;
}

/** `24 Nov 2026` of `2026-11-24`. */
export function dateText(date: string, locale: Locale): string {
  return formats[locale].date.format(new Date(`${date}T00:00:00Z`));
}
