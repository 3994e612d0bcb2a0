import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";

import { firstWindow } from "@/components/table/first-window";
import { askedColumns, typesOf } from "@/components/table/grid-layout";
import { ListPage } from "@/components/table/list-page";
import { cookies as names } from "@/components/ui/choices";
import { queryOf, readView } from "@/lib/client/store/view-address";
import { messagesFor } from "@/lib/i18n/messages";
import { kindOf } from "@/lib/kinds/index";
import type { Kind } from "@/lib/kinds/kind";
import type { WireError } from "@/lib/protocol/error";
import type { Query, Snapshot } from "@/lib/protocol/query";
import { stowage } from "@/lib/server/next";

import { locale, signedIn } from "../../request";

type Props = {
  params: Promise<{ kind: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = await kindOfParams(params);
  const words: Readonly<Record<string, { many: string }>> = messagesFor(await locale()).kinds;
  return kind ? { title: words[kind.id]?.many ?? kind.id } : {};
}

export default async function KindPage({ params, searchParams }: Props) {
  const kind = (await kindOfParams(params)) ?? notFound();
  const asked = await searchParams;
  const view = readView({
    get: (name) => {
      const value = asked[name];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
  });
  const types = typesOf(kind, stowage().sources(await signedIn()), view.in);
  const query = queryOf(kind, view, askedColumns(kind, view.cols, types), firstWindow);
  const { snapshot, error } = await rowsOf(query);
  const density = (await cookies()).get(names.density)?.value === "compact" ? "compact" : "comfortable";
  return <ListPage kindId={kind.id} initial={snapshot ? { query, snapshot } : null} error={error} density={density} />;
}

async function rowsOf(query: Query): Promise<{ snapshot: Snapshot | null; error: WireError | null }> {
  const who = await signedIn();
  try {
    return { snapshot: await stowage().rows(who, query, { resume: true }), error: null };
  } catch (thrown) {
    return { snapshot: null, error: stowage().tell(thrown) };
  }
}

/** Next gives dynamic parts of a path as they were sent, encoded. */
async function kindOfParams(params: Props["params"]): Promise<Kind | undefined> {
  try {
    return kindOf(decodeURIComponent((await params).kind));
  } catch {
    return undefined;
  }
}
