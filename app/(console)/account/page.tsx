import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AccountPage } from "@/components/account/account-page";
import { messagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, signedIn, told } from "../../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).account.title };
}

export default async function Page({ searchParams }: Props) {
  const who = await signedIn();
  const server = stowage();
  if (server.face !== "team") notFound();
  const asked = await searchParams;
  return (
    <AccountPage
      account={await server.access.account(who)}
      done={told(asked["done"])}
      problem={told(asked["problem"])}
      wait={told(asked["wait"])}
    />
  );
}
