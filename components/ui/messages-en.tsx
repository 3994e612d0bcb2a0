"use client";

import type { ReactNode } from "react";

import { en } from "@/lib/i18n/en";

import type { Language } from "./messages";
import { LanguageProvider } from "./messages";

const language: Language = { locale: "en", messages: en };

export function English({ children }: { children: ReactNode }) {
  return <LanguageProvider language={language}>{children}</LanguageProvider>;
}
