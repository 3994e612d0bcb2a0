"use client";

import type { ReactNode } from "react";
import { useMemo } from "react";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import type { ChainForest } from "@/lib/stack/chain-forest";
import type { Removal } from "@/lib/stack/ledger";
import { ledgerOf, prunable, removalOf } from "@/lib/stack/ledger";
import { shortName } from "@/lib/stack/layer-title";
import type { Assumptions } from "@/lib/stack/vm-model";
import { modelVms, sharedMemory } from "@/lib/stack/vm-model";
import { visibleText } from "@/lib/shared/visible-text";

import { Amount } from "./amount";
import { counted } from "./count";
import type { MarkName } from "./mark";

type Props = {
  stack: Stack;
  /** Of what the machine tells: images that nobody told of are not in it. */
  forest: ChainForest;
  /** Bytes if each container had its layers alone. */
  apart: number;
  assumed: Assumptions;
};

/** What the images cost apart and together, what the rest costs, and what a prune would free. */
export function LedgerPanel({ stack, forest, apart, assumed }: Props) {
  const m = useRoomMessages();
  const locale = useLocale();
  const ledger = useMemo(() => ledgerOf(forest), [forest]);
  const vms = useMemo(() => modelVms(stack, forest, assumed), [stack, forest, assumed]);
  const mark: MarkName | null = stack.images.some(
    ({ known, layers }) => known === "nothing" || layers.some((layer) => layer.mark === "estimated"),
  )
    ? "estimated"
    : null;
  // Of images that are told whole nobody knows what they share.
  const areLayersKnown = stack.images.every(({ known }) => known !== "size" && known !== "nothing");
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const volumes = stack.volumes === null ? null : sumOf(stack.volumes.map(({ bytes }) => bytes));
  return (
    <Panel title={m.stack.ledger} id="ledger">
      <dl className="space-y-1.5 px-3.5 py-2.5">
        <Line title={m.stack.imagesApart(counted(stack.images.length, locale))} id="apart">
          <Amount bytes={ledger.apart} mark={mark} />
        </Line>
        <Line title={m.stack.onDisk} id="on-disk">
          <Amount bytes={ledger.onDisk} mark={mark} />
        </Line>
        <Line title={m.stack.saved} id="saved">
          {areLayersKnown ? (
            <span className="font-semibold text-ok-text">
              <Amount bytes={ledger.saved} />
              {ledger.apart > 0 ? (
                <span className="ml-1.5">· {percent.format(ledger.saved / ledger.apart)}</span>
              ) : null}
            </span>
          ) : (
            <Amount bytes={null} />
          )}
        </Line>
        <Line title={m.stack.containersApart} id="containers-apart">
          <Amount bytes={apart} mark={mark} />
        </Line>
        <Line title={m.stack.writables} id="writable">
          <Amount bytes={ledger.writable} />
        </Line>
        <Line title={m.stack.volumesSum} id="volumes">
          <Amount bytes={volumes} />
        </Line>
        <Line title={m.stack.compressed} id="compressed">
          <Amount bytes={compressedOf(stack)} />
        </Line>
        <Line title={m.stack.memoryShared} id="memory">
          <Amount bytes={sharedMemory(forest, assumed.resident)} mark="model" about={m.stack.memoryAbout} />
        </Line>
        <Line title={m.stack.asVms(counted(vms.vms.length, locale))} id="vms">
          <Amount bytes={vms.disk} mark="model" />
        </Line>
      </dl>
      <Prunes stack={stack} forest={forest} />
    </Panel>
  );
}

function Line({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <div data-line={id} className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{title}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

/** An engine can prune; a kubelet does by itself. */
function Prunes({ stack, forest }: { stack: Stack; forest: ChainForest }) {
  const m = useRoomMessages();
  const { dangling, all } = useMemo(
    () => ({
      dangling: removalOf(forest, prunable(forest, { all: false })),
      all: removalOf(forest, prunable(forest, { all: true })),
    }),
    [forest],
  );
  if (stack.type !== "engine") return null;
  const nothing = all.goes.length + all.keeps.length === 0;
  return (
    <div className="space-y-1 border-t border-line px-3.5 py-2.5 text-muted">
      <h3 className="font-semibold text-text">{m.stack.pruning}</h3>
      {nothing ? (
        <p>{m.stack.pruneNothing}</p>
      ) : (
        <>
          <p>
            {m.stack.pruneDangling({ frees: formatBytes(dangling.frees) })} <Keeps removal={dangling} />
          </p>
          <p data-prune={all.frees}>
            {m.stack.pruneAll({ frees: formatBytes(all.frees) })} <Keeps removal={all} />
          </p>
        </>
      )}
    </div>
  );
}

/** Images that are named as the reason that layers stay; the rest is counted. */
const maxNamed = 2;

function Keeps({ removal }: { removal: Removal }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const reasons = [...new Set(removal.keeps.flatMap(({ because }) => because))];
  if (reasons.length === 0) return null;
  const named = reasons.slice(0, maxNamed).map(({ id, names }) => visibleText(shortName(names[0] ?? id.slice(0, 19))));
  const more = reasons.length - named.length;
  if (more > 0) named.push(m.stack.more({ shown: more.toLocaleString(locale) }));
  const keeps = removal.keeps.reduce((sum, { chain }) => sum + chain.layer.bytes, 0);
  return m.stack.pruneKeeps({ keeps: formatBytes(keeps), images: named.join(", "), count: reasons.length });
}

/** Distinct layers as a registry keeps them; null where one is not known. */
function compressedOf({ images }: Stack): number | null {
  const layers = new Map<string, number | null>();
  for (const layer of images.flatMap((image) => image.layers)) {
    const known = layers.get(layer.chain);
    layers.set(layer.chain, known ?? layer.compressed);
  }
  return images.some(({ known }) => known === "nothing") ? null : sumOf([...layers.values()]);
}

function sumOf(amounts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += amount;
  }
  return sum;
}
