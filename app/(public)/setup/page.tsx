import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { PublicFrame } from "@/components/sign-in/public-frame";
import { SetupForm } from "@/components/sign-in/setup-form";
import { messagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";

import { locale, told } from "../../request";
import { visitorOf } from "../../visitor";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).signIn.setupTitle };
}

/** Behind a link that works once: the first admin, or somebody who was invited, chooses a password. */
export default async function SetupPage({ searchParams }: Props) {
  const server = stowage();
  if (server.face !== "team") notFound();
  const asked = await searchParams;
  const m = messagesFor(await locale());
  const secret = told(asked["link"]) ?? "";
  const link = secret === "" ? null : await server.access.link(secret);
  if (!link) {
    return (
      <PublicFrame title={m.signIn.setupTitle}>
        <p role="alert">{m.errors["link-spent"]}</p>
      </PublicFrame>
    );
  }
  const { secure } = visitorOf({ headers: await headers() });
  return (
    <PublicFrame title={link.login === null ? m.signIn.setupFirst : m.signIn.setupTitle}>
      <p className="text-muted">
        {link.login === null ? m.signIn.setupFirstLead : m.signIn.setupLead({ name: link.name })}
      </p>
      <SetupForm
        link={secret}
        login={link.login}
        secure={secure}
        problem={told(asked["problem"])}
        wait={told(asked["wait"])}
      />
    </PublicFrame>
  );
}
