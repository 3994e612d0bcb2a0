import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { PublicFrame } from "@/components/sign-in/public-frame";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { messagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, person } from "../../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).signIn.title };
}

export default async function LoginPage({ searchParams }: Props) {
  const asked = await searchParams;
  if (await person()) redirect("/");
  const m = messagesFor(await locale()).signIn;
  if (stowage().face === "team") {
    return (
      <PublicFrame title={m.title}>
        <p className="text-muted">{m.lead}</p>
        <SignInForm problem={typeof asked["problem"] === "string" ? asked["problem"] : null} />
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={m.localTitle}>
      {asked["launch"] === "spent" ? <p className="font-medium">{m.localSpent}</p> : null}
      <p>{m.localLead}</p>
      <p className="rounded-md bg-sunken px-2.5 py-1.5 font-mono">http://127.0.0.1:7117/?launch=…</p>
      <p className="text-muted">{m.localAgain}</p>
    </PublicFrame>
  );
}
