"use client";

import type { ReactNode } from "react";

import { ko } from "@/lib/i18n/ko";

import type { Language } from "./messages";
import { LanguageProvider } from "./messages";

const language: Language = { locale: "ko", messages: ko };

export function Korean({ children }: { children: ReactNode }) {
  return <LanguageProvider language={language}>{children}</LanguageProvider>;
}
