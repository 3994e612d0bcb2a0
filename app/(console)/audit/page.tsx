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
  return <AuditPage asked={asked} {...await readAudit(asked)} />;
}

async function readAudit(asked: Asked) {
  const who = await signedIn();
  const { audit } = stowage();
  const question = auditQuestionSchema.safeParse(asked);
  try {
    const words = await audit.words(who);
    if (!question.success) return { words, page: null, problem: z.prettifyError(question.error) };
    return { words, page: await audit.page(who, question.data), problem: null };
  } catch (thrown) {
    stowage().tell(thrown);
    return { words: noWords, page: null, problem: null };
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
