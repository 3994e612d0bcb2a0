import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";

import { PublicFrame } from "@/components/sign-in/public-frame";
import { SignInForms } from "@/components/sign-in/sign-in-forms";
import { messagesFor } from "@/lib/i18n/messages";
import { returnPath } from "@/lib/shared/return-path";
import { stowage } from "@/lib/server/next";

import { locale, person, told } from "../../request";
import { visitorOf } from "../../visitor";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).signIn.title };
}

export default async function LoginPage({ searchParams }: Props) {
  const asked = await searchParams;
  const to = returnPath(asked["to"]);
  if (await person()) redirect(to);
  const m = messagesFor(await locale()).signIn;
  if (stowage().face === "team") {
    const { secure } = visitorOf({ headers: await headers() });
    return (
      <PublicFrame title={m.title}>
        <p className="text-muted">{m.lead}</p>
        <SignInForms
          way={asked["way"] === "password" ? "password" : "token"}
          to={to}
          secure={secure}
          problem={told(asked["problem"])}
          wait={told(asked["wait"])}
        />
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
