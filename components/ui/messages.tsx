"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useMemo } from "react";

import type { Messages } from "@/lib/i18n/en";
import type { Locale } from "@/lib/i18n/messages";
import { messagesFor } from "@/lib/i18n/messages";

const Language = createContext<{ locale: Locale; messages: Messages } | null>(null);

/** The words of a language for everything below. Functions cannot cross from the server, so that the locale does. */
export function MessagesProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const value = useMemo(() => ({ locale, messages: messagesFor(locale) }), [locale]);
  return <Language value={value}>{children}</Language>;
}

export function useMessages(): Messages {
  return useLanguage().messages;
}

export function useLocale(): Locale {
  return useLanguage().locale;
}

function useLanguage() {
  const language = useContext(Language);
  if (!language) throw new Error("MessagesProvider is missing above this component");
  return language;
}
