"use client";

import { useRouter } from "next/navigation";

import { buttonClass } from "@/components/ui/button";
import { cookies } from "@/components/ui/choices";
import { setCookie } from "@/components/ui/cookie";
import { useLocale, useMessages } from "@/components/ui/messages";

/** Changes to the other language; its name stands in that language, for who cannot read this one. */
export function LanguageSwitch() {
  const m = useMessages();
  const locale = useLocale();
  const router = useRouter();
  const other = locale === "ko" ? "en" : "ko";
  return (
    <button
      type="button"
      lang={other}
      title={m.shell.language}
      aria-label={`${other.toUpperCase()}: ${m.shell.language}`}
      onClick={() => {
        setCookie(cookies.language, other);
        router.refresh();
      }}
      className={buttonClass("quiet", "icon", "font-medium")}
    >
      {other.toUpperCase()}
    </button>
  );
}
