"use client";

import Link from "next/link";

import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { ImageAnswer } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";
import { imageHref } from "@/lib/shared/registry-address";

import { shortDigest } from "./layers-panel";

/** Signatures, SBOMs and attestations, with their sizes. */
export function ReferrersPanel({ image, pod }: { image: ImageAnswer; pod: string | null }) {
  const words = useRoomMessages().registries;
  const { referrers } = image;
  return (
    <Panel id="referrers" title={words.referrers}>
      {referrers === null || referrers.length === 0 ? (
        <p className="px-3.5 py-2.5 text-muted">{referrers === null ? words.referrersUntold : words.noReferrers}</p>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {referrers.map(({ digest, type, size, of, tag }) => (
              <li key={`${of} ${digest}`} className="flex flex-wrap items-baseline gap-x-3 px-3.5 py-1.5">
                <Link
                  href={imageHref(image.host, image.repository, tag ?? digest, { pod })}
                  prefetch={false}
                  className="min-w-0 text-accent wrap-anywhere hover:underline"
                >
                  <ClusterText text={type} />
                </Link>
                <span className="ml-auto font-mono text-sm text-muted tabular-nums">{formatBytes(size)}</span>
                <span className="basis-full font-mono text-sm text-muted">{shortDigest(digest)}</span>
              </li>
            ))}
          </ul>
          <p className="border-t border-line px-3.5 py-2 text-sm text-muted">{words.referrersAbout}</p>
        </>
      )}
    </Panel>
  );
}
