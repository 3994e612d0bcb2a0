import type { Metadata } from "next";
import { Suspense } from "react";

import { RegistryWaiting } from "@/components/registries/registry-waiting";
import { RegistryUnknown } from "@/components/registries/registry-unknown";
import { RepositoriesPage } from "@/components/registries/repositories-page";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";
import { visibleText } from "@/lib/shared/visible-text";

import { signedIn, told } from "../../../request";
import { decodedName } from "../decoded-name";

type Props = {
  params: Promise<{ host: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

type Asked = { host: string; words: string; after: string | null };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: visibleText(decodedName([(await params).host])) };
}

/** A registry: its repositories. */
export default async function HostPage({ params, searchParams }: Props) {
  const who = await signedIn();
  const query = await searchParams;
  const asked = {
    host: decodedName([(await params).host]),
    words: told(query["q"]) ?? "",
    after: told(query["after"]),
  };
  return (
    <Suspense key={JSON.stringify(asked)} fallback={<RegistryWaiting repository={asked.host} />}>
      <Told who={who} asked={asked} />
    </Suspense>
  );
}

async function Told({ who, asked }: { who: Person; asked: Asked }) {
  const { answer, error } = await read(who, asked);
  return answer ? (
    <RepositoriesPage answer={answer} words={asked.words} />
  ) : (
    <RegistryUnknown host={asked.host} error={error} />
  );
}

async function read(who: Person, asked: Asked) {
  try {
    return { answer: await stowage().registries.repositories(who, asked), error: null };
  } catch (thrown) {
    return { answer: null, error: stowage().tell(thrown) };
  }
}
