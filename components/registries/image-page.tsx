"use client";

import Link from "next/link";

import { LiveSection } from "@/components/detail/live-section";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { kindOf } from "@/lib/kinds/index";
import type { ImageAnswer } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";
import { familiarName } from "@/lib/shared/image-reference";
import { imageHref } from "@/lib/shared/registry-address";

import { CommandsPanel } from "./commands-panel";
import { ConfigPanel, TracePanels } from "./config-panels";
import { Crumbs, shortReference } from "./crumbs";
import { DigestLine } from "./digest-line";
import { IdentityPanel } from "./identity-panel";
import { LayersPanel } from "./layers-panel";
import { PlatformsPanel } from "./platforms-panel";
import { RateLimitNote } from "./rate-limit-note";
import { ReferrersPanel } from "./referrers-panel";
import { whereColumns, whereRuns } from "./where-runs";

type Props = { image: ImageAnswer; was: string | null; pod: string | null };

/** One image by all its names: what it is made of, what it runs on, and where it runs now. */
export function ImagePage({ image, was, pod }: Props) {
  const m = useRoomMessages();
  const words = m.registries;
  const containers = kindOf("containers");
  const { host, repository, facts } = image;
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs host={host} repository={repository} />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={nameOf(image)} mono />
        </h1>
        <Lead image={image} />
      </header>
      {image.moved === null ? null : <Moved image={image} pod={pod} />}
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <IdentityPanel image={image} />
          <LayersPanel image={image} pod={pod} />
          {containers && image.artifact === null ? (
            <LiveSection
              id="where"
              title={words.where}
              kind={containers}
              source={null}
              q={whereRuns([
                image.digest,
                image.manifest.digest,
                image.config.digest,
                ...image.platforms.map(({ digest }) => digest),
              ])}
              columns={whereColumns}
              nothing={words.nowhere}
            />
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          {image.platform === null ? null : <PlatformsPanel image={image} was={was} pod={pod} />}
          {facts === null ? null : <TracePanels image={image} facts={facts} />}
          {facts === null ? null : <ConfigPanel facts={facts} />}
          <ReferrersPanel image={image} pod={pod} />
          <CommandsPanel commands={commandsOf(image)} />
        </div>
      </div>
    </div>
  );
}

function Lead({ image }: { image: ImageAnswer }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const bytes = image.layers.reduce((sum, { size }) => sum + size, 0);
  const sum = words.layersSum({ count: image.layers.length.toLocaleString(locale), bytes: formatBytes(bytes) });
  return (
    <div className="space-y-0.5 text-muted">
      <p className="wrap-anywhere">
        {image.artifact === null
          ? `${image.platform ?? ""} · ${words.layers} ${sum}`
          : words.artifact({ type: image.artifact })}
      </p>
      <p className={`text-sm ${image.signedBy === "secret-refused" ? "text-warning-text" : ""}`}>
        {words.signed[image.signedBy]}
        <RateLimitNote limit={image.rateLimit} before=" · " />
      </p>
    </div>
  );
}

/** What a tag pointed at when somebody pulled it, and what it points at now. */
function Moved({ image, pod }: { image: ImageAnswer; pod: string | null }) {
  const words = useRoomMessages().registries;
  if (image.moved === null || image.tag === null) return null;
  return (
    <section aria-label={words.moved} className="space-y-2 rounded-lg border border-line bg-warning-soft px-3.5 py-2.5">
      <h2 className="flex items-center gap-2 font-semibold text-warning-text">
        <HealthMark level="warning" size={12} />
        {words.moved}
      </h2>
      <p className="max-w-prose">{words.movedBody({ tag: image.tag })}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-muted">{words.movedWas}</dt>
        <dd>
          <DigestLine digest={image.moved.was} />
        </dd>
        <dt className="text-muted">{words.movedNow}</dt>
        <dd>
          <DigestLine digest={image.digest} />
        </dd>
      </dl>
      <Link
        href={imageHref(image.host, image.repository, image.moved.was, { pod })}
        prefetch={false}
        className="text-accent hover:underline"
      >
        {words.movedShow}
      </Link>
    </section>
  );
}

function nameOf({ host, repository, tag, digest }: ImageAnswer): string {
  return tag === null
    ? `${familiarName({ registry: host, repository, tag: null, digest: null })}@${shortReference(digest)}`
    : familiarName({ registry: host, repository, tag, digest: null });
}

function commandsOf({ host, repository, digest, platform, isIndex, artifact }: ImageAnswer): string[][] {
  const name = familiarName({ registry: host, repository, tag: null, digest });
  const wanted = isIndex && platform !== null ? ["--platform", platform.split(" ")[0] ?? platform] : [];
  if (artifact !== null) return [["oras", "pull", name]];
  return [
    ["docker", "pull", ...wanted, name],
    ["docker", "buildx", "imagetools", "inspect", name],
    ["crane", "config", ...wanted, name],
    ["crane", "manifest", name],
  ];
}
