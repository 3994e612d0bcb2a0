import type { Messages } from "./en.ts";
import { en } from "./en.ts";
import type { RoomMessages } from "./en-rooms.ts";
import { enRooms } from "./en-rooms.ts";
import { ko } from "./ko.ts";
import { koRooms } from "./ko-rooms.ts";

export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

export function messagesFor(locale: Locale): Messages {
  return locale === "ko" ? ko : en;
}

export function roomMessagesFor(locale: Locale): RoomMessages {
  return locale === "ko" ? koRooms : enRooms;
}

/** The language of a request: the cookie's if it is one we have, else the first of Accept-Language that is, else English. */
export function localeOf(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = [
    cookie ?? "",
    ...(acceptLanguage ?? "").split(",").map((part) => part.split(";")[0]?.trim().slice(0, 2) ?? ""),
  ];
  return wanted.map((tag) => locales.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? "en";
}
