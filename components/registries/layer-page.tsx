"use client";

import Link from "next/link";

import { LiveSection } from "@/components/detail/live-section";
import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { kindOf } from "@/lib/kinds/index";
import type { LayerAnswer, LayerHolder } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";
import { familiarName } from "@/lib/shared/image-reference";
import { imageHref } from "@/lib/shared/registry-address";

import { CommandsPanel } from "./commands-panel";
import { Crumbs, shortReference } from "./crumbs";
import { DigestLine } from "./digest-line";
import { FactList } from "./fact-list";
import { shortDigest } from "./layers-panel";
import { whereColumns, whereRuns } from "./where-runs";

type Props = { answer: LayerAnswer; platform: string | null; pod: string | null };

/** One layer: what made it, which other images have it, and which containers stand on it. */
export function LayerPage({ answer, platform, pod }: Props) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const containers = kindOf("containers");
  const { host, repository, reference, layer, holders, looked } = answer;
  const name = familiarName({ registry: host, repository, tag: null, digest: layer.digest });
  const explained = (digest: string, term: string, about: string) => (
    <span className="flex items-start gap-1.5">
      <span className="min-w-0">
        <DigestLine digest={digest} />
      </span>
      <Explain term={term}>{about}</Explain>
    </span>
  );
  return (
    <div className="mx-auto flex max-w-[80rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs host={host} repository={repository} image={{ reference, platform }} />
        <h1 className="text-xl font-semibold wrap-anywhere">
          {words.layerTitle} <ClusterText text={shortDigest(layer.digest)} mono />
        </h1>
        <p className="font-mono text-sm wrap-anywhere">
          {layer.step === null ? (
            <span className="font-sans text-muted">{words.stepUnknown}</span>
          ) : (
            <ClusterText text={layer.step} />
          )}
        </p>
      </header>
      <Panel>
        <FactList
          facts={[
            [words.digest, <DigestLine key="digest" digest={layer.digest} />],
            [words.diff, layer.diff === null ? null : explained(layer.diff, words.diff, words.diffAbout)],
            [words.chainId, layer.chain === null ? null : explained(layer.chain, words.chainId, words.chainIdAbout)],
            [
              words.size,
              <span key="size" className="font-mono">
                {formatBytes(layer.size)}
              </span>,
            ],
            [words.mediaType, <ClusterText key="type" text={layer.mediaType} mono className="text-sm" />],
          ]}
        />
      </Panel>
      <Panel id="holders" title={words.holders}>
        <ul className="divide-y divide-line">
          {holders.map((holder) => (
            <Holder
              key={`${holder.host} ${holder.repository} ${holder.reference} ${holder.platform ?? ""}`}
              holder={holder}
              pod={holder.host === host && holder.repository === repository ? pod : null}
            />
          ))}
        </ul>
        <p className="border-t border-line px-3.5 py-2 text-sm text-muted">
          {words.holdersAbout({ tags: looked.tags.toLocaleString(locale), of: looked.of.toLocaleString(locale) })}
        </p>
      </Panel>
      {containers ? (
        <LiveSection
          id="where"
          title={words.whereLayer}
          kind={containers}
          source={null}
          q={whereRuns(holders.flatMap(({ digests }) => digests))}
          columns={whereColumns}
          nothing={words.nowhereLayer}
        />
      ) : null}
      <CommandsPanel commands={[["crane", "blob", name]]} />
    </div>
  );
}

function Holder({ holder, pod }: { holder: LayerHolder; pod: string | null }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const { host, repository, reference, platform } = holder;
  const name = familiarName({ registry: host, repository, tag: null, digest: null });
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-1.5">
      <Link
        href={imageHref(host, repository, reference, { platform, pod })}
        prefetch={false}
        className="min-w-0 text-accent wrap-anywhere hover:underline"
      >
        <ClusterText text={`${name}${reference.includes(":") ? "@" : ":"}${shortReference(reference)}`} mono />
      </Link>
      {platform === null ? null : <ClusterText text={platform} mono className="text-sm text-muted" />}
      <span className="ml-auto text-sm text-muted">
        {words.placeOf({ place: holder.place.toLocaleString(locale), of: holder.of.toLocaleString(locale) })}
        {" · "}
        {holder.sameChain ? words.sameChain : words.otherChain}
      </span>
    </li>
  );
}
