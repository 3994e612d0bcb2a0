import type { Metadata } from "next";

import { RegistriesPage } from "@/components/registries/registries-page";
import { messagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, signedIn } from "../../request";

/** How long registries are waited for before the page is sent without their word, in ms. */
const waitMs = 400;

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).registries.title };
}

export default async function Page() {
  const who = await signedIn();
  return <RegistriesPage initial={await stowage().registries.list(who, waitMs)} />;
}
