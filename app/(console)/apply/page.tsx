import type { Metadata } from "next";

import { ApplyPage } from "@/components/actions/apply-page";
import { messagesFor } from "@/lib/i18n/messages";

import { locale, signedIn } from "../../request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).actions.apply.title };
}

export default async function Apply() {
  await signedIn();
  return <ApplyPage />;
}
