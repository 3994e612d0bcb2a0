import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";

import { cookies as names } from "@/components/ui/choices";
import type { Locale } from "@/lib/i18n/messages";
import { localeOf } from "@/lib/i18n/messages";
import { innerHeaders } from "@/lib/protocol/inner-headers";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";
import { returnPath } from "@/lib/shared/return-path";

import { askerOf } from "./visitor";

/** Who sent this request, or null. Pages of the console use `signedIn`. */
export async function person(): Promise<Person | null> {
  return await stowage().person(askerOf(await headers()));
}

/** Who sent this request; whoever is nobody goes to the sign-in page, and from there to what they asked for. */
export async function signedIn(): Promise<Person> {
  return (await person()) ?? redirect(await signInAddress());
}

async function signInAddress(): Promise<string> {
  const asked = new URL((await headers()).get(innerHeaders.path) ?? "/", "http://own.invalid");
  // Next's own mark of a page that is asked for without its frame.
  asked.searchParams.delete("_rsc");
  const to = returnPath(`${asked.pathname}${asked.search}`);
  return stowage().face === "local" || to === "/" ? "/login" : `/login?to=${encodeURIComponent(to)}`;
}

/** The language of this request: the reader's choice, else the browser's. */
export async function locale(): Promise<Locale> {
  const [jar, sent] = [await cookies(), await headers()];
  return localeOf(jar.get(names.language)?.value, sent.get("accept-language"));
}

/** One value of an address's query: a word that a form's answer left there. */
export function told(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value.slice(0, 500) : null;
}
