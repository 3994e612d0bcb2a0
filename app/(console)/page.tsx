import type { Metadata } from "next";

import { OverviewPage } from "@/components/overview/overview-page";
import { readView } from "@/lib/client/store/view-address";
import { messagesFor } from "@/lib/i18n/messages";
import type { WireError } from "@/lib/protocol/error";
import type { Overview } from "@/lib/protocol/overview";
import { stowage } from "@/lib/server/next";

import { locale, signedIn } from "../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).overview.title };
}

export default async function Page({ searchParams }: Props) {
  const asked = await searchParams;
  const view = readView({
    get: (name) => {
      const value = asked[name];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
  });
  const { overview, error } = await overviewOf(view.in);
  return <OverviewPage asked={view.in} initial={overview} error={error} lookedFor={stowage().lookedFor} />;
}

async function overviewOf(sources: readonly string[]): Promise<{ overview: Overview | null; error: WireError | null }> {
  const who = await signedIn();
  try {
    return { overview: await stowage().overview(who, sources), error: null };
  } catch (thrown) {
    return { overview: null, error: stowage().tell(thrown) };
  }
}
