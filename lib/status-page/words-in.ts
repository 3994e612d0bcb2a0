import type { Locale } from "../i18n/messages.ts";
import type { PublicComponent, PublicStatus, PublicWords } from "../protocol/status.ts";
import { visibleText } from "../shared/visible-text.ts";

/** Words in a language, in English where it has none. */
export function wordsIn(words: PublicWords, locale: Locale): string {
  return visibleText((locale === "ko" ? words.ko : undefined) ?? words.en);
}

/** The names of components by their ids, those that are no more left out. */
export function namesOf(status: PublicStatus, ids: readonly string[], locale: Locale): string {
  return componentsOf(status)
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => wordsIn(name, locale))
    .join(", ");
}

export function componentsOf(status: PublicStatus): readonly PublicComponent[] {
  return status.groups.flatMap(({ components }) => components);
}
