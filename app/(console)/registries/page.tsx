import type { Metadata } from "next";

import { RegistriesPage } from "@/components/registries/registries-page";
import { roomMessagesFor } from "@/lib/i18n/messages";
import type { Person } from "@/lib/server/next";
import { stowage } from "@/lib/server/next";
import { parseImageReference } from "@/lib/shared/image-reference";
import { pause } from "@/lib/shared/pause";

import { locale, signedIn } from "../../request";

/** How long registries are waited for before the page is sent without their word, in ms. */
const waitMs = 400;

/** Of more containers than these a part tells. */
const allImages = { kind: "containers", in: [], q: "", sort: "", columns: ["image"], start: 0, count: 5_000 };

export async function generateMetadata(): Promise<Metadata> {
  return { title: roomMessagesFor(await locale()).registries.title };
}

export default async function Page() {
  const who = await signedIn();
  const [initial, named] = await Promise.all([stowage().registries.list(who, waitMs), namedHosts(who)]);
  return <RegistriesPage initial={initial} named={named} />;
}

/** Registries that images of containers come from, as far as the person sees them and they are known without waiting. */
async function namedHosts(who: Person): Promise<string[]> {
  try {
    const late = pause(waitMs, new AbortController().signal).then(() => ({ rows: [] }));
    const { rows } = await Promise.race([stowage().table(who, allImages), late]);
    const hosts = new Set(rows.map(({ image }) => parseImageReference(String(image))?.registry ?? ""));
    return [...hosts].filter((host) => host !== "").toSorted((a, b) => a.localeCompare(b));
  } catch (thrown) {
    stowage().tell(thrown);
    return [];
  }
}
