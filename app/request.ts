import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";

import { cookies as names } from "@/components/ui/choices";
import type { Locale } from "@/lib/i18n/messages";
import { localeOf } from "@/lib/i18n/messages";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";

/** Who sent this request, or null. Pages of the console use `signedIn`. */
export async function person(): Promise<Person | null> {
  const sent = await headers();
  return await stowage().person({ cookie: sent.get("cookie"), authorization: sent.get("authorization") });
}

/** Who sent this request; whoever is nobody goes to the sign-in page. */
export async function signedIn(): Promise<Person> {
  return (await person()) ?? redirect("/login");
}

/** The language of this request: the reader's choice, else the browser's. */
export async function locale(): Promise<Locale> {
  const [jar, sent] = [await cookies(), await headers()];
  return localeOf(jar.get(names.language)?.value, sent.get("accept-language"));
}
