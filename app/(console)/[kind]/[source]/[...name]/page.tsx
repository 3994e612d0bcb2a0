import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { DetailPage } from "@/components/detail/detail-page";
import { messagesFor } from "@/lib/i18n/messages";
import { kindOf } from "@/lib/kinds/index";
import type { Kind, SourceType } from "@/lib/kinds/kind";
import type { WireError } from "@/lib/protocol/error";
import type { Ref } from "@/lib/protocol/ref";
import { stowage } from "@/lib/server/next";
import { visibleText } from "@/lib/shared/visible-text";

import { locale, signedIn } from "../../../../request";

type Props = { params: Promise<{ kind: string; source: string; name: string[] }> };

/** A larger object does not make the page wait: it follows over the socket. In characters of JSON. */
const mostInline = 100_000;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await targetOf(params);
  if (!found) return {};
  const words: Readonly<Record<string, { one: string }>> = messagesFor(await locale()).kinds;
  const name = found.target.path.split("/").at(-1) ?? "";
  return { title: visibleText(`${name} · ${words[found.kind.id]?.one ?? found.kind.id}`) };
}

export default async function ObjectPage({ params }: Props) {
  const { kind, target } = (await targetOf(params)) ?? notFound();
  const { initial, error } = await objectOf(target);
  return (
    <DetailPage
      kindId={kind.id}
      source={target.source}
      type={await typeOf(target.source)}
      path={target.path}
      initial={initial}
      error={error}
    />
  );
}

async function objectOf(target: Ref): Promise<{ initial: string | null; error: WireError | null }> {
  const who = await signedIn();
  try {
    const json = JSON.stringify(await stowage().object(who, target));
    return { initial: json.length > mostInline ? null : json, error: null };
  } catch (thrown) {
    return { initial: null, error: stowage().tell(thrown) };
  }
}

/** Undefined for an address that no object can have. Next gives dynamic parts of a path as they were sent, encoded. */
async function targetOf(params: Props["params"]): Promise<{ kind: Kind; target: Ref } | undefined> {
  const { kind: kindId, source, name } = await params;
  try {
    const kind = kindOf(decodeURIComponent(kindId));
    const slug = decodeURIComponent(source);
    if (!kind || name.length !== depthOf(kind, await typeOf(slug))) return undefined;
    return { kind, target: { kind: kind.id, source: slug, path: name.map(decodeURIComponent).join("/") } };
  } catch {
    return undefined;
  }
}

/** A source that the person does not have is taken for a cluster: what there is of it is said by whoever reads the object. */
async function typeOf(source: string): Promise<SourceType> {
  const who = await signedIn();
  return (
    stowage()
      .sources(who)
      .find((each) => each.source === source)?.type ?? "cluster"
  );
}

/** Segments of a path: a container stands in its pod, a pod in its namespace, what an engine has in nothing. */
function depthOf(kind: Kind, type: SourceType): number {
  if (type === "engine") return 1;
  return kind.derived ? 3 : kind.namespaced ? 2 : 1;
}
