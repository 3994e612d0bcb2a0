import type { Metadata } from "next";

import { StackPage } from "@/components/stack/stack-page";
import { roomMessagesFor } from "@/lib/i18n/messages";
import type { WireError } from "@/lib/protocol/error";
import type { Machine, StackAnswer } from "@/lib/protocol/stack";
import { parseMachine } from "@/lib/protocol/stack";
import { stowage } from "@/lib/server/next";

import { locale, signedIn, told } from "../../request";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A larger machine does not make the page wait: it follows by itself. In characters of JSON. */
const mostInline = 400_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: roomMessagesFor(await locale()).stack.title };
}

export default async function Page({ searchParams }: Props) {
  return <StackPage {...await readStart(told((await searchParams)["on"]))} />;
}

async function readStart(on: string | null) {
  const who = await signedIn();
  const { stack } = stowage();
  let machines: readonly Machine[] = [];
  let error: WireError | null = null;
  let initial: StackAnswer | null = null;
  try {
    machines = await stack.machines(who);
    const wanted = on === null ? machines[0] : parseMachine(on);
    if (wanted) initial = await stack.read(who, wanted);
    if (JSON.stringify(initial).length > mostInline) initial = null;
  } catch (thrown) {
    error = stowage().tell(thrown);
  }
  return { machines, initial, error };
}
