import type { Metadata } from "next";
import { Suspense } from "react";

import { ImagePage } from "@/components/registries/image-page";
import { LayerPage } from "@/components/registries/layer-page";
import { RepositoryProblem } from "@/components/registries/repository-problem";
import { RegistryWaiting } from "@/components/registries/registry-waiting";
import { TagsPage } from "@/components/registries/tags-page";
import { roomMessagesFor } from "@/lib/i18n/messages";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";
import { visibleText } from "@/lib/shared/visible-text";

import { locale, signedIn, told } from "../../../../request";
import { decodedName } from "../../decoded-name";

type Props = {
  params: Promise<{ host: string; repository: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

type Asked = Awaited<ReturnType<typeof askedOf>>;

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { repository, reference } = await askedOf(props);
  const words = roomMessagesFor(await locale()).registries;
  const name = reference === null ? repository : `${repository}${reference.includes(":") ? "@" : ":"}${reference}`;
  return { title: visibleText(`${name.slice(0, 120)} · ${reference === null ? words.tags : words.image}`) };
}

/** A repository: its tags; with `?ref=` an image of it, with `&layer=` besides a layer of that image. */
export default async function RepositoryPage(props: Props) {
  const who = await signedIn();
  const asked = await askedOf(props);
  const key = JSON.stringify(asked);
  return (
    // A registry may take its time; the frame is there meanwhile.
    <Suspense key={key} fallback={<RegistryWaiting host={asked.host} repository={asked.repository} />}>
      <Told who={who} asked={asked} />
    </Suspense>
  );
}

async function Told({ who, asked }: { who: Person; asked: Asked }) {
  const said = await read(who, asked);
  const { platform, pod, was } = asked;
  switch (said.type) {
    case "image":
      return <ImagePage image={said.image} was={was} pod={pod} />;
    case "layer":
      return <LayerPage answer={said.layer} platform={platform} pod={pod} />;
    case "tags":
      return <TagsPage answer={said.tags} pod={pod} />;
    case "error":
      return <RepositoryProblem {...asked} error={said.error} />;
  }
}

async function read(who: Person, { after, reference, layer, ...asked }: Asked) {
  const { registries } = stowage();
  try {
    if (reference === null) return { type: "tags" as const, tags: await registries.tags(who, { ...asked, after }) };
    if (layer !== null) {
      return { type: "layer" as const, layer: await registries.layer(who, { ...asked, reference, layer }) };
    }
    return { type: "image" as const, image: await registries.image(who, { ...asked, reference }) };
  } catch (thrown) {
    return { type: "error" as const, error: stowage().tell(thrown) };
  }
}

async function askedOf({ params, searchParams }: Props) {
  const { host, repository } = await params;
  const query = await searchParams;
  return {
    host: decodedName([host]),
    repository: decodedName(repository),
    reference: told(query["ref"]),
    platform: told(query["platform"]),
    was: told(query["was"]),
    pod: told(query["pod"]),
    layer: told(query["layer"]),
    after: told(query["after"]),
  };
}
