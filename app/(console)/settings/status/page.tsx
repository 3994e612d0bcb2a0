import type { Metadata } from "next";

import { StatusAdminPage } from "@/components/status/status-admin-page";
import { roomMessagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, signedIn } from "../../../request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: roomMessagesFor(await locale()).status.admin.title };
}

export default async function Page() {
  const who = await signedIn();
  return <StatusAdminPage initial={await stowage().status.look(who)} />;
}
