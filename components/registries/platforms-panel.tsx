"use client";

import Link from "next/link";
import { useMemo } from "react";

import { useFrame } from "@/components/shell/frame-context";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { useLiveRows } from "@/lib/client/hooks/use-live-rows";
import { printView } from "@/lib/client/store/view-address";
import type { ImageAnswer } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";
import { filterTerm } from "@/lib/shared/filter-term";
import { imageHref } from "@/lib/shared/registry-address";

type Props = { image: ImageAnswer; was: string | null; pod: string | null };

/** What the image runs on, and how many nodes there are of each platform in the clusters that the person sees. */
export function PlatformsPanel({ image, was, pod }: Props) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const nodes = useNodePlatforms();
  const entries =
    image.platforms.length > 0
      ? image.platforms
      : [{ platform: image.platform ?? "?", digest: image.manifest.digest, size: null, chosen: true }];
  const named = new Set(entries.map(({ platform }) => withoutVariant(platform)));
  const others = nodes?.filter(([platform]) => !named.has(platform)) ?? [];
  const cannot = others.reduce((sum, [, count]) => sum + count, 0);
  return (
    <Panel id="platforms" title={words.platforms}>
      <ul className="divide-y divide-line">
        {entries.map(({ platform, digest, size, chosen }) => (
          <li
            key={digest}
            className={`flex flex-wrap items-baseline gap-x-3 px-3.5 py-1.5 ${chosen ? "bg-sunken" : ""}`}
          >
            {chosen ? (
              <span aria-current="true" className="min-w-0 font-semibold">
                <ClusterText text={platform} mono />
              </span>
            ) : (
              <Link
                href={imageHref(image.host, image.repository, image.tag ?? image.digest, { platform, was, pod })}
                prefetch={false}
                scroll={false}
                className="min-w-0 text-accent hover:underline"
              >
                <ClusterText text={platform} mono />
              </Link>
            )}
            {chosen && entries.length > 1 ? <span className="text-sm text-muted">{words.shown}</span> : null}
            {size === null ? null : (
              <span className="ml-auto font-mono text-sm text-muted tabular-nums">{formatBytes(size)}</span>
            )}
            {nodes === null ? null : (
              <span className="basis-full text-sm">
                <NodeCount platform={withoutVariant(platform)} nodes={nodes} locale={locale} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {nodes === null ? (
        <p className="border-t border-line px-3.5 py-2 text-sm text-muted">{words.nodesUnknown}</p>
      ) : cannot > 0 ? (
        <p className="flex items-baseline gap-1.5 border-t border-line px-3.5 py-2 text-sm text-warning-text">
          <HealthMark level="warning" size={11} />
          {words.nodesCannot({
            count: cannot,
            shown: cannot.toLocaleString(locale),
            platforms: others.map(([platform]) => platform).join(", "),
          })}
        </p>
      ) : null}
    </Panel>
  );
}

type Counts = readonly (readonly [platform: string, count: number])[];

function NodeCount({ platform, nodes, locale }: { platform: string; nodes: Counts; locale: string }) {
  const words = useRoomMessages().registries;
  const count = nodes.find(([name]) => name === platform)?.[1] ?? 0;
  if (count === 0) return <span className="text-muted">{words.noNodes}</span>;
  return (
    <Link
      href={`/nodes${printView({ in: [], q: filterTerm("platform", platform) })}`}
      prefetch={false}
      className="text-muted hover:text-text hover:underline"
    >
      {words.nodesCount({ count, shown: count.toLocaleString(locale) })}
    </Link>
  );
}

/** Nodes by platform over all clusters; null where none are known. */
function useNodePlatforms(): Counts | null {
  const { sources } = useFrame();
  const clusters = sources.filter(({ type }) => type === "cluster").map(({ source }) => source);
  const packed = clusters.join("\n");
  const query = useMemo(
    () => ({
      kind: "nodes",
      in: packed === "" ? [] : packed.split("\n"),
      q: "",
      sort: "",
      columns: ["name"],
      start: 0,
      count: 1,
    }),
    [packed],
  );
  const { view } = useLiveRows(query);
  if (!view || view.total === 0) return null;
  return view.facets.find(({ column }) => column === "platform")?.values ?? null;
}

/** `linux/arm64/v8` as a node says it. */
function withoutVariant(platform: string): string {
  return platform.split(" ")[0]?.split("/").slice(0, 2).join("/") ?? platform;
}
