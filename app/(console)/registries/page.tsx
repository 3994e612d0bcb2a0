import type { Metadata } from "next";

import { RegistriesPage } from "@/components/registries/registries-page";
import type { Person } from "@/lib/server/next";
import { messagesFor } from "@/lib/i18n/messages";
import { stowage } from "@/lib/server/next";
import { parseImageReference } from "@/lib/shared/image-reference";

import { locale, signedIn } from "../../request";

/** How long registries are waited for before the page is sent without their word, in ms. */
const waitMs = 400;

export async function generateMetadata(): Promise<Metadata> {
  return { title: messagesFor(await locale()).registries.title };
}

export default async function Page() {
  const who = await signedIn();
  const [initial, named] = await Promise.all([stowage().registries.list(who, waitMs), namedHosts(who)]);
  return <RegistriesPage initial={initial} named={named} />;
}

/** Registries that images of containers come from, as far as the person sees them: those of the images that run most. */
async function namedHosts(who: Person): Promise<string[]> {
  try {
    const images = await stowage().complete(who, { kind: "containers", in: [], column: "image", text: "" });
    const hosts = images.flatMap(([image]) => parseImageReference(image)?.registry ?? []);
    return [...new Set(hosts)].toSorted((a, b) => a.localeCompare(b));
  } catch (thrown) {
    stowage().tell(thrown);
    return [];
  }
}
