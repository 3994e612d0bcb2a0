"use client";

import type { ReactNode } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { RoomMessages } from "@/lib/i18n/en-rooms";
import type { ImageAnswer } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";

import { DigestLine } from "./digest-line";

type Part = keyof RoomMessages["registries"]["chainParts"];

/** All names of one image, each leading to the next: a tag, an index, a manifest, a config, layers. */
export function IdentityPanel({ image }: { image: ImageAnswer }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const bytes = image.layers.reduce((sum, { size }) => sum + size, 0);
  return (
    <Panel id="identity" title={words.chain}>
      <ol className="px-3.5 py-3">
        {image.tag === null ? null : (
          <Link part="tag">
            <ClusterText text={image.tag} mono className="font-semibold wrap-anywhere" />
          </Link>
        )}
        {image.isIndex ? (
          <Link part="index" about={`${image.mediaType} · ${formatBytes(image.size)}`}>
            <DigestLine digest={image.digest} />
          </Link>
        ) : null}
        <Link
          part="manifest"
          about={[image.platform, image.manifest.mediaType, formatBytes(image.manifest.size)]
            .filter(Boolean)
            .join(" · ")}
          note={image.isIndex || image.tag === null ? null : words.noIndex}
        >
          <DigestLine digest={image.manifest.digest} />
        </Link>
        <Link
          part="config"
          about={`${image.artifact === null ? `${words.imageId} · ` : ""}${image.config.mediaType} · ${formatBytes(image.config.size)}`}
        >
          <DigestLine digest={image.config.digest} />
        </Link>
        <Link part="layers" isLast>
          <a href="#layers" className="inline-flex min-h-6 items-center text-accent hover:underline">
            {words.layersSum({ count: image.layers.length.toLocaleString(locale), bytes: formatBytes(bytes) })}
          </a>
        </Link>
      </ol>
    </Panel>
  );
}

type LinkProps = { part: Part; about?: string; note?: string | null; isLast?: boolean; children: ReactNode };

/** One link of the chain: a knot, what it is, and its name. */
function Link({ part, about, note, isLast = false, children }: LinkProps) {
  const words = useRoomMessages().registries;
  return (
    <li className={`relative pl-6 ${isLast ? "" : "pb-3.5"}`}>
      {isLast ? null : (
        <span aria-hidden="true" className="absolute top-3 bottom-[-0.4rem] left-[5px] w-px bg-line-strong" />
      )}
      <span
        aria-hidden="true"
        className="absolute top-[5px] left-0 size-[11px] rounded-full border-2 border-accent bg-surface"
      />
      <span className="flex items-center gap-1.5 text-muted">
        {words.chainParts[part]}
        <Explain term={words.chainParts[part]}>{words.chainAbout[part]}</Explain>
      </span>
      <div className="mt-1">{children}</div>
      {about === undefined ? null : <p className="mt-0.5 text-sm text-muted wrap-anywhere">{about}</p>}
      {note ? <p className="mt-0.5 text-sm text-muted">{note}</p> : null}
    </li>
  );
}
