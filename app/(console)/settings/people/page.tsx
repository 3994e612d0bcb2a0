import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { PeoplePage } from "@/components/people/people-page";
import { roomMessagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, signedIn, told } from "../../../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: roomMessagesFor(await locale()).people.title };
}

export default async function Page({ searchParams }: Props) {
  const who = await signedIn();
  const server = stowage();
  if (server.face !== "team") notFound();
  const asked = await searchParams;
  const people = who.role === "admin" ? await server.access.people(who) : null;
  return (
    <PeoplePage
      people={people}
      done={told(asked["done"])}
      problem={told(asked["problem"])}
      wait={told(asked["wait"])}
    />
  );
}
