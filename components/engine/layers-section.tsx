"use client";

import Link from "next/link";
import { useMemo } from "react";

import { CopyButton } from "@/components/ui/copy-button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useStack } from "@/lib/client/hooks/use-stack";
import { hrefOf } from "@/lib/protocol/ref";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import { buildChainForest } from "@/lib/stack/chain-forest";
import type { Chain } from "@/lib/stack/chain-forest";
import { shortName, stepTitle } from "@/lib/stack/layer-title";
import { ledgerOf, removalOf } from "@/lib/stack/ledger";
import { shortChain } from "@/lib/stack/stack-plan";

import { EngineNote } from "./engine-note";

type Props = { id: string; title: string; source: string; image: string };

/** Other images that are named beside a layer; the rest is counted. */
const maxNamed = 3;

/** The layers of an image on an engine's disk, topmost first: what made each, how large it is, and who else has it. */
export function LayersSection({ id, title, source, image }: Props) {
  const words = useMessages().engine.layers;
  const { answer, error } = useStack(
    useMemo(() => ({ source, node: null }), [source]),
    null,
  );
  const seen = useMemo(() => (answer === null ? null : layersOf(answer.stack, `sha256:${image}`)), [answer, image]);
  return (
    <Panel id={id} title={title} aside={seen ? <Sums {...seen} /> : undefined}>
      {answer === null ? (
        <EngineNote error={error} />
      ) : seen === null || seen.chains.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">{words.none}</p>
      ) : (
        <LayerTable title={title} stack={answer.stack} seen={seen} image={`sha256:${image}`} />
      )}
    </Panel>
  );
}

type Seen = NonNullable<ReturnType<typeof layersOf>>;

/** null for an image that is not on the disk any more. */
function layersOf({ images, containers }: Stack, id: string) {
  const own = images.find((image) => image.id === id);
  if (!own) return null;
  const forest = buildChainForest(images, containers);
  const cost = ledgerOf(forest).images.find((each) => each.image.id === id);
  const chains = own.layers.flatMap((layer) => forest.chains.get(layer.chain) ?? []).toReversed();
  return {
    own,
    chains,
    bytes: cost?.bytes ?? 0,
    shared: cost?.shared ?? 0,
    unique: cost?.unique ?? 0,
    removal: removalOf(forest, [id]),
  };
}

function Sums({ bytes, shared, unique, removal }: Seen) {
  const words = useMessages().engine.layers;
  const sums = words.sums({ bytes: formatBytes(bytes), shared: formatBytes(shared), unique: formatBytes(unique) });
  const removed =
    removal.blockedBy.length > 0
      ? words.held({ count: removal.blockedBy.length })
      : words.frees({ bytes: formatBytes(removal.frees) });
  return `${sums} ${removed}`;
}

function LayerTable({ title, stack, seen, image }: { title: string; stack: Stack; seen: Seen; image: string }) {
  const words = useMessages().engine.layers;
  const locale = useLocale();
  const largest = Math.max(1, ...seen.chains.map(({ layer }) => layer.bytes));
  const steps = new Map(seen.own.layers.map((layer) => [layer.chain, layer]));
  return (
    <ScrollRegion label={title} className="">
      <table className="w-full min-w-[46rem]">
        <thead>
          <tr className="border-b border-line text-left text-sm text-muted">
            <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
              {words.place}
            </th>
            <th scope="col" className="px-3.5 py-1.5 font-medium">
              {words.step}
            </th>
            <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
              {words.size}
            </th>
            <th scope="col" className="px-3.5 py-1.5 font-medium">
              {words.alsoIn}
            </th>
            <th scope="col" className="px-3.5 py-1.5 font-medium">
              {words.layer}
            </th>
          </tr>
        </thead>
        <tbody>
          {seen.chains.map((chain, index) => {
            const layer = steps.get(chain.layer.chain);
            return (
              <tr key={chain.layer.chain} className="border-b border-line align-top last:border-b-0">
                <td className="px-3.5 py-1.5 text-right font-mono text-muted tabular-nums">
                  {(seen.chains.length - index).toLocaleString(locale)}
                </td>
                <td className="max-w-md px-3.5 py-1.5 font-mono text-sm wrap-anywhere">
                  {layer?.createdBy ? <bdi>{visibleText(stepTitle(layer.createdBy))}</bdi> : words.stepUnknown}
                </td>
                <td className="px-3.5 py-1.5 text-right whitespace-nowrap">
                  <span className="font-mono tabular-nums">{formatBytes(chain.layer.bytes)}</span>
                  {layer?.mark === "estimated" ? (
                    <span className="ml-1 text-sm text-muted">{words.estimated}</span>
                  ) : null}
                  <span className="mt-1 block h-1 rounded-full bg-sunken" aria-hidden="true">
                    <span
                      className="ml-auto block h-1 rounded-full bg-accent"
                      style={{ width: `${(chain.layer.bytes / largest) * 100}%` }}
                    />
                  </span>
                </td>
                <td className="px-3.5 py-1.5">
                  <Others chain={chain} stack={stack} image={image} />
                </td>
                <td className="px-3.5 py-1.5 whitespace-nowrap">
                  <span className="inline-flex items-center gap-1.5">
                    <Link
                      href={`/stack?on=${encodeURIComponent(stack.machine.source)}&layer=${shortChain(chain.layer.chain)}`}
                      prefetch={false}
                      className="font-mono text-sm text-accent hover:underline"
                      aria-label={words.inStack({ layer: shortChain(chain.layer.chain) })}
                    >
                      {shortChain(chain.layer.chain)}
                    </Link>
                    <CopyButton text={chain.layer.diff} />
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The other images on this disk that stand on a layer. */
function Others({ chain, stack, image }: { chain: Chain; stack: Stack; image: string }) {
  const words = useMessages().engine.layers;
  // The smallest first: what this image was built on says most.
  const others = chain.images.filter(({ id }) => id !== image).toSorted((a, b) => a.layers.length - b.layers.length);
  if (others.length === 0) return <span className="text-muted">{words.onlyHere}</span>;
  return (
    <ul className="space-y-0.5">
      {others.slice(0, maxNamed).map(({ id, names }) => (
        <li key={id}>
          <Link
            href={hrefOf({ kind: "images", source: stack.machine.source, path: id.replace(/^sha256:/, "") })}
            prefetch={false}
            className="text-accent hover:underline"
          >
            <ClusterText text={names[0] === undefined ? id.slice(7, 19) : shortName(names[0])} mono />
          </Link>
        </li>
      ))}
      {others.length > maxNamed ? (
        <li className="text-muted">{words.more({ count: others.length - maxNamed })}</li>
      ) : null}
    </ul>
  );
}
