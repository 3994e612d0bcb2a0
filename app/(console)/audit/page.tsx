import type { Metadata } from "next";
import { z } from "zod";

import type { Asked } from "@/components/audit/asked";
import { askedNames } from "@/components/audit/asked";
import { AuditPage } from "@/components/audit/audit-page";
import { messagesFor } from "@/lib/i18n/messages";
import { auditQuestionSchema } from "@/lib/protocol/audit";
import { stowage } from "@/lib/server/next";

import { locale, signedIn } from "../../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).audit.title };
}

const noWords = { verbs: [], sources: [], kinds: [] };

export default async function Page({ searchParams }: Props) {
  const asked = askedOf(await searchParams);
  const who = await signedIn();
  const server = stowage();
  const question = auditQuestionSchema.safeParse(asked);
  try {
    const words = await server.audit.words(who);
    const page = question.success ? await server.audit.page(who, question.data) : null;
    const problem = question.success ? null : z.prettifyError(question.error);
    return <AuditPage asked={asked} words={words} page={page} problem={problem} />;
  } catch (thrown) {
    server.tell(thrown);
    return <AuditPage asked={asked} words={noWords} page={null} problem={null} />;
  }
}

function askedOf(params: Record<string, string | string[] | undefined>): Asked {
  return Object.fromEntries(
    askedNames.flatMap((name) => {
      const value = params[name];
      const text = (Array.isArray(value) ? value[0] : value)?.trim() ?? "";
      return text === "" ? [] : [[name, text]];
    }),
  );
}
