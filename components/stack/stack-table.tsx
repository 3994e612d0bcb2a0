"use client";

import type { ReactNode } from "react";
import { useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { Stack } from "@/lib/protocol/stack";
import type { Chain } from "@/lib/stack/chain-forest";
import { ledgerOf } from "@/lib/stack/ledger";
import type { StackPlan } from "@/lib/stack/stack-plan";

import { layersOf } from "./layer-steps";
import { ContainerRow, ImageRow, LayerRow, VolumeRow } from "./table-rows";

/** Rows of each table that are there at first, and that come with each further step. */
const page = 100;

/** All that is drawn, as tables. */
export function StackTable({ stack, plan }: { stack: Stack; plan: StackPlan }) {
  const m = useRoomMessages();
  const words = m.stack.columns;
  const layers = useMemo(() => layersOf(stack), [stack]);
  const chains = useMemo(() => fromTheGround(plan), [plan]);
  const costs = useMemo(() => ledgerOf(plan.forest).images, [plan]);
  const images = new Map(stack.images.map((image) => [image.id, image]));
  return (
    <div className="space-y-4" data-tables="">
      <Table
        title={m.stack.tableLayers}
        id="layers"
        heads={[words.layer, words.standsOn, words.bytes, words.images, words.containers, words.step]}
        rows={chains.map((chain) => (
          <LayerRow key={chain.layer.chain} chain={chain} layers={layers} />
        ))}
      />
      <Table
        title={m.stack.tableContainers}
        id="containers"
        heads={[words.container, words.state, words.image, words.pod, words.group, words.writable, words.volumes]}
        rows={stack.containers.map((container) => (
          <ContainerRow key={container.id} container={container} source={stack.machine.source} />
        ))}
      />
      <Table
        title={m.stack.tableImages}
        id="images"
        heads={[words.image, words.bytes, words.shared, words.unique, words.compressed, words.containers, words.source]}
        rows={costs.flatMap((cost) => {
          const image = images.get(cost.image.id);
          return image ? [<ImageRow key={image.id} cost={cost} image={image} />] : [];
        })}
      />
      {stack.volumes === null || stack.volumes.length === 0 ? null : (
        <Table
          title={m.stack.tableVolumes}
          id="volumes"
          heads={[words.volume, words.bytes, words.usedBy]}
          rows={stack.volumes.map((volume) => (
            <VolumeRow key={volume.name} volume={volume} stack={stack} />
          ))}
        />
      )}
    </div>
  );
}

/** Each layer after the one that it stands on, as the drawing has them from the left. */
function fromTheGround({ blocks }: StackPlan): Chain[] {
  // Blocks come when all above them have come.
  return blocks
    .map((block, place) => ({ block, place }))
    .toSorted((a, b) => a.block.left - b.block.left || a.block.bottom - b.block.bottom || b.place - a.place)
    .map(({ block }) => block.chain);
}

type TableProps = { title: string; id: string; heads: readonly string[]; rows: readonly ReactNode[] };

function Table({ title, id, heads, rows }: TableProps) {
  const m = useRoomMessages();
  const locale = useLocale();
  const [count, setCount] = useState(page);
  const rest = rows.length - count;
  return (
    <section aria-labelledby={`stack-${id}`} className="rounded-lg border border-line bg-surface">
      <h2 id={`stack-${id}`} className="px-3.5 py-2 font-semibold">
        {title} <span className="font-mono text-sm font-normal text-muted">{rows.length.toLocaleString(locale)}</span>
      </h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard */}
      <div className="overflow-x-auto border-t border-line" tabIndex={0} role="group" aria-labelledby={`stack-${id}`}>
        <table
          aria-labelledby={`stack-${id}`}
          className="w-full min-w-[44rem] border-collapse text-left [&_tbody_tr]:border-t [&_tbody_tr]:border-line [&_td]:px-3 [&_td]:py-1.5 [&_td]:align-baseline [&_th]:px-3 [&_th]:py-1.5 [&_th]:align-baseline [&_th]:font-medium"
        >
          <thead>
            <tr className="text-sm text-muted">
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows.slice(0, count)}</tbody>
        </table>
      </div>
      {rest > 0 ? (
        <div className="border-t border-line p-2">
          <Button size="sm" onClick={() => setCount(count + page)}>
            {m.stack.showMore({ shown: Math.min(page, rest).toLocaleString(locale) })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
