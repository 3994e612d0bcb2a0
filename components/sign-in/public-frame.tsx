"use client";

import type { ReactNode } from "react";

import { BrandMark } from "@/components/shell/brand";
import { LanguageSwitch } from "@/components/shell/language-switch";
import { ThemeSwitch } from "@/components/shell/theme-switch";

/** A page before anybody has signed in: the mark, one card, and how the page looks. */
export function PublicFrame({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center gap-2 px-4 py-3">
        <BrandMark size={22} />
        <span className="flex-1 text-lg font-semibold">Stowage</span>
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="grid flex-1 place-items-start justify-center px-4 pt-[10vh] pb-16">
        <div className="w-full max-w-md space-y-4 rounded-lg border border-line bg-surface p-6">
          {title === undefined ? null : <h1 className="text-xl font-semibold">{title}</h1>}
          {children}
        </div>
      </main>
    </div>
  );
}
