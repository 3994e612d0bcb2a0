import "./globals.css";

import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { cookies as names, themeOf } from "@/components/ui/choices";
import { KoreanFont } from "@/components/ui/korean-font";
import { MessagesProvider } from "@/components/ui/messages";

import { inter, jetbrains } from "./fonts";
import { locale } from "./request";

export const metadata: Metadata = {
  title: { default: "Stowage", template: "%s · Stowage" },
  description: "What runs where, on what, and why there.",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1317" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const language = await locale();
  const theme = themeOf((await cookies()).get(names.theme)?.value);
  return (
    <html
      lang={language}
      data-theme={theme}
      className={`${inter.variable} ${jetbrains.variable}`}
      suppressHydrationWarning
    >
      <body>
        <MessagesProvider locale={language}>
          {language === "ko" ? <KoreanFont /> : null}
          {children}
        </MessagesProvider>
      </body>
    </html>
  );
}
