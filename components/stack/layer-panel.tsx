"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { changeStackView } from "@/lib/client/hooks/use-stack-view";
import { hrefOf } from "@/lib/protocol/ref";
import type { Stack, StackImage, StackLayer } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import type { Chain, ChainForest } from "@/lib/stack/chain-forest";
import { layerTitle, shortName, stepTitle } from "@/lib/stack/layer-title";
import { removalOf } from "@/lib/stack/ledger";
import { shortChain } from "@/lib/stack/stack-plan";

import { Amount } from "./amount";
import { counted } from "./count";

type Props = { stack: Stack; forest: ChainForest; chain: Chain; layer: StackLayer | undefined; zoomed: boolean };

/** Things of a list that are named; the rest is counted, and the table has them all. */
const maxNamed = 8;

/** One layer: who has it, which step made it, and what removing what stands on it would free. */
export function LayerPanel({ stack, forest, chain, layer, zoomed }: Props) {
  const m = useRoomMessages();
  const locale = useLocale();
  const estimated = layer?.mark === "estimated";
  const known = stack.images.find(({ id }) => id === chain.images[0]?.id)?.known;
  const titles = new Map<string, StackImage>(stack.images.map((image) => [image.id, image]));
  return (
    <Panel
      id="layer"
      title={<ClusterText text={layerTitle(chain, layer?.createdBy ?? null)} className="wrap-anywhere" />}
      aside={
        <IconButton label={m.stack.close} onClick={() => changeStackView({ layer: null })}>
          <Icon name="close" />
        </IconButton>
      }
    >
      <dl className="space-y-1.5 px-3.5 py-2.5">
        <Line title={m.stack.onDiskBytes}>
          <Amount bytes={chain.layer.bytes} mark={estimated ? "estimated" : null} />
        </Line>
        <Line title={m.stack.inRegistry}>
          <Amount bytes={layer?.compressed ?? null} />
        </Line>
        <Line title={m.stack.imagesOn}>{chain.images.length.toLocaleString(locale)}</Line>
        <Line title={m.stack.containersOn}>{chain.containers.length.toLocaleString(locale)}</Line>
      </dl>
      <div className="space-y-3 border-t border-line px-3.5 py-2.5">
        <section>
          <h3 className="font-semibold">{m.stack.step}</h3>
          {layer?.createdBy ? (
            <code className="mt-1 block rounded-md bg-sunken px-2 py-1 wrap-anywhere">
              <bdi>
                {visibleText(stepTitle(layer.createdBy).endsWith("…") ? layer.createdBy : stepTitle(layer.createdBy))}
              </bdi>
            </code>
          ) : (
            <p className="text-muted">{m.stack.stepUnknown}</p>
          )}
        </section>
        <Named title={m.stack.imagesOn} more={chain.images.length - maxNamed}>
          {chain.images.slice(0, maxNamed).map((image) => (
            <li key={image.id} className="wrap-anywhere">
              <ImageName stack={stack} image={titles.get(image.id)} id={image.id} names={image.names} />
            </li>
          ))}
        </Named>
        {chain.containers.length === 0 ? null : (
          <Named title={m.stack.containersOn} more={chain.containers.length - maxNamed}>
            {stack.containers
              .filter(({ id }) => chain.containers.some((container) => container.id === id))
              .slice(0, maxNamed)
              .map((container) => (
                <li key={container.id} className="wrap-anywhere">
                  <Link
                    href={hrefOf({ kind: "containers", source: stack.machine.source, path: container.path })}
                    prefetch={false}
                    className="text-accent hover:underline"
                  >
                    <ClusterText text={container.path} mono />
                  </Link>
                </li>
              ))}
          </Named>
        )}
        <Removals forest={forest} chain={chain} />
        <section className="text-sm text-muted">
          <Digest title={m.stack.diffId} digest={chain.layer.diff} />
          <Digest title={m.stack.chainId} digest={chain.layer.chain} />
          {known ? <p>{m.stack.knownAs[known]}</p> : null}
        </section>
        {zoomed ? (
          <Button onClick={() => changeStackView({ zoom: null }, "push")}>{m.stack.whole}</Button>
        ) : (
          <Button onClick={() => changeStackView({ zoom: shortChain(chain.layer.chain) }, "push")}>
            {m.stack.zoom}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{title}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

function Named({ title, more, children }: { title: string; more: number; children: ReactNode }) {
  const m = useRoomMessages();
  const locale = useLocale();
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-0.5 space-y-0.5">{children}</ul>
      {more > 0 ? <p className="text-muted">{m.stack.more({ shown: more.toLocaleString(locale) })}</p> : null}
    </section>
  );
}

type ImageNameProps = { stack: Stack; image: StackImage | undefined; id: string; names: readonly string[] };

/** An engine's image has a page; one of a node is told by its name. */
function ImageName({ stack, image, id, names }: ImageNameProps) {
  const name = shortName(names[0] ?? shortChain(id));
  if (stack.type === "node" || !image) return <ClusterText text={name} mono />;
  return (
    <Link
      href={hrefOf({ kind: "images", source: stack.machine.source, path: id.replace(/^sha256:/, "") })}
      prefetch={false}
      className="text-accent hover:underline"
    >
      <ClusterText text={name} mono />
    </Link>
  );
}

/** What the engine would free, image by image and all together, and what holds the layer. */
function Removals({ forest, chain }: { forest: ChainForest; chain: Chain }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const each = chain.images.slice(0, maxNamed).map((image) => ({ image, removal: removalOf(forest, [image.id]) }));
  const all = removalOf(
    forest,
    chain.images.map(({ id }) => id),
  );
  const held = new Set(all.blockedBy.map(({ image }) => image)).size;
  return (
    <section data-removal={all.frees}>
      <h3 className="font-semibold">{m.stack.removing}</h3>
      <ul className="mt-0.5 space-y-0.5 text-muted">
        {each.map(({ image, removal }) => {
          const name = visibleText(shortName(image.names[0] ?? shortChain(image.id)));
          return (
            <li key={image.id} className="wrap-anywhere">
              {removal.blockedBy.length > 0
                ? m.stack.removingHeld({ name, ...counted(removal.blockedBy.length, locale) })
                : m.stack.removingImage({ name, frees: formatBytes(removal.frees) })}
            </li>
          );
        })}
        {chain.images.length > 1 && held < chain.images.length ? (
          <li>{m.stack.removingAll({ frees: formatBytes(all.frees) })}</li>
        ) : null}
        {held > 0 ? <li>{m.stack.removingStays(counted(held, locale))}</li> : null}
      </ul>
    </section>
  );
}

function Digest({ title, digest }: { title: string; digest: string }) {
  return (
    <p className="flex gap-2">
      <span className="shrink-0">{title}</span>
      <span className="min-w-0 font-mono wrap-anywhere">{digest}</span>
    </p>
  );
}
