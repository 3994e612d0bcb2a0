import type { Messages } from "@/lib/i18n/en";

/** What went wrong, in words, from the code that a form's answer left in the address. */
export function problemWords(m: Messages, code: string, wait: string | null): string {
  const own: Readonly<Record<string, string>> = {
    empty: m.signIn.empty,
    different: m.signIn.different,
    forbidden: m.signIn.disabled,
    invalid: m.signIn.badLogin,
  };
  const minutes = Number(wait);
  if (code === "limited" && minutes > 0) return m.signIn.limited({ minutes });
  if (Object.hasOwn(own, code)) return own[code] ?? "";
  const known: Readonly<Record<string, string>> = m.errors;
  return Object.hasOwn(known, code) ? (known[code] ?? "") : m.errors.internal;
}
