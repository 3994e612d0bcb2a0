"use client";

import Link from "next/link";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ImageAnswer, ImageLayer } from "@/lib/protocol/registry";
import { formatBytes } from "@/lib/shared/bytes";
import { imageHref } from "@/lib/shared/registry-address";
import { visibleText } from "@/lib/shared/visible-text";
import { stepTitle } from "@/lib/stack/layer-title";

type Props = { image: ImageAnswer; pod: string | null };

/** The layers of an image, topmost first, each with the step that made it and its share of the whole. */
export function LayersPanel({ image, pod }: Props) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const whole = Math.max(
    1,
    image.layers.reduce((sum, { size }) => sum + size, 0),
  );
  const reference = image.tag ?? image.digest;
  const link = (layer: ImageLayer, place: number) => (
    <Link
      href={imageHref(image.host, image.repository, reference, { platform: image.platform, pod, layer: layer.digest })}
      prefetch={false}
      aria-label={words.openLayer({ place: place.toLocaleString(locale) })}
      className="font-mono text-accent hover:underline"
    >
      {shortDigest(layer.digest)}
    </Link>
  );
  return (
    <Panel
      id="layers"
      title={words.layers}
      aside={words.layersSum({ count: image.layers.length.toLocaleString(locale), bytes: formatBytes(whole) })}
    >
      <ScrollRegion label={words.layers} className="">
        <table className="w-full sm:min-w-[40rem]">
          <thead>
            <tr className="border-b border-line text-left text-sm text-muted">
              <Head text={words.place} right />
              <Head text={words.step} />
              <Head text={words.size} right />
              <Head text={words.layer} isWide />
            </tr>
          </thead>
          <tbody>
            {image.layers.toReversed().map((layer, index) => {
              const place = image.layers.length - index;
              const share = layer.size / whole;
              return (
                <tr key={place} className="border-b border-line align-top last:border-b-0">
                  <td className="px-3.5 py-1.5 text-right font-mono text-muted tabular-nums max-sm:px-2">
                    {place.toLocaleString(locale)}
                  </td>
                  <td className="max-w-md px-3.5 py-1.5 font-mono text-sm wrap-anywhere max-sm:px-2">
                    {layer.step === null ? (
                      <span className="font-sans text-muted">{words.stepUnknown}</span>
                    ) : (
                      <bdi title={visibleText(layer.step)}>{visibleText(stepTitle(layer.step))}</bdi>
                    )}
                    <span className="block font-sans text-muted">
                      {shortType(layer.mediaType)}
                      <span className="sm:hidden"> · {link(layer, place)}</span>
                    </span>
                  </td>
                  <td
                    className="px-3.5 py-1.5 text-right whitespace-nowrap max-sm:px-2"
                    title={words.share({ percent: percent(share, locale) })}
                  >
                    <span className="font-mono tabular-nums">{formatBytes(layer.size)}</span>
                    <span className="mt-1 ml-auto block h-1 w-24 rounded-full max-sm:w-12 bg-sunken" aria-hidden="true">
                      <span
                        className="ml-auto block h-1 rounded-full bg-line-strong"
                        style={{ width: `${Math.max(share * 100, 1)}%` }}
                      />
                    </span>
                  </td>
                  <td className="px-3.5 py-1.5 font-mono text-sm max-sm:hidden">
                    {link(layer, place)}
                    {layer.diff === null ? null : (
                      <span className="block text-muted" title={layer.diff}>
                        <span className="font-sans">{words.diff}</span> {shortDigest(layer.diff)}
                      </span>
                    )}
                    {layer.chain === null || layer.chain === layer.diff ? null : (
                      <span className="block text-muted" title={layer.chain}>
                        <span className="font-sans">{words.chainId}</span> {shortDigest(layer.chain)}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <Steps image={image} />
    </Panel>
  );
}

/** Steps that made no layer are left out above, and stand here in their order. */
function Steps({ image }: { image: ImageAnswer }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  const steps = image.facts?.steps ?? [];
  if (steps.length === 0) return null;
  return (
    <details className="border-t border-line px-3.5 py-2">
      <summary className="text-muted hover:text-text">
        {words.allSteps({ count: steps.length.toLocaleString(locale) })}
      </summary>
      <ol className="mt-2 space-y-1 font-mono text-sm">
        {steps.map(({ text, layer }, index) => (
          <li key={index} className="flex flex-wrap gap-x-3 wrap-anywhere">
            <span className="w-6 shrink-0 text-right text-muted tabular-nums">{index + 1}</span>
            <bdi className="min-w-0 flex-1 basis-60">{visibleText(text)}</bdi>
            <span className="text-muted">
              {layer === null ? <span className="font-sans">{words.noLayer}</span> : shortDigest(layer)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Head({ text, right = false, isWide = false }: { text: string; right?: boolean; isWide?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-3.5 py-1.5 font-medium max-sm:px-2 ${right ? "text-right" : ""} ${isWide ? "max-sm:hidden" : ""}`}
    >
      {text}
    </th>
  );
}

function percent(share: number, locale: string): string {
  return share.toLocaleString(locale, { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 });
}

export function shortDigest(digest: string): string {
  return digest.replace(/^sha\d+:/, "").slice(0, 12);
}

/** What differs among layers' types, without what all have in common. */
function shortType(mediaType: string): string {
  return mediaType
    .replace("application/vnd.oci.image.layer.v1.", "OCI ")
    .replace("application/vnd.docker.image.rootfs.diff.", "Docker ");
}
