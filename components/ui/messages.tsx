"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { createContext, useContext } from "react";

import type { Messages } from "@/lib/i18n/en";
import type { Locale } from "@/lib/i18n/messages";

export type Language = { locale: Locale; messages: Messages };

const LanguageContext = createContext<Language | null>(null);

// A chunk a language: nobody loads the words of the other. Next names the chunk in the HTML, so that nothing waits for it.
const English = dynamic(async () => (await import("./messages-en")).English);
const Korean = dynamic(async () => (await import("./messages-ko")).Korean);

/** The words of a language for everything below. Functions cannot cross from the server, so that the locale does. */
export function MessagesProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return locale === "ko" ? <Korean>{children}</Korean> : <English>{children}</English>;
}

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useMessages(): Messages {
  return useLanguage().messages;
}

export function useLocale(): Locale {
  return useLanguage().locale;
}

function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("MessagesProvider is missing above this component");
  return language;
}
