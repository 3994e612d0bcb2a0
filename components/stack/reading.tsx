"use client";

import { useMemo } from "react";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import { layerTitle, shortName, stepTitle } from "@/lib/stack/layer-title";
import type { StackPlan } from "@/lib/stack/stack-plan";

import { counted } from "./count";
import { layersOf } from "./layer-steps";

/** One line that reads out what the pointer or the keyboard is at. */
export function Reading({ plan, stack, id }: { plan: StackPlan; stack: Stack; id: string | null }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const layers = useMemo(() => layersOf(stack), [stack]);
  const chain = id === null ? undefined : plan.forest.chains.get(id);
  const column = id?.startsWith("place:") ? plan.columns[Number(id.slice("place:".length))] : undefined;
  const words: string[] = [];
  if (chain && id !== null) {
    const step = layers.get(id)?.createdBy ?? null;
    const title = layerTitle(chain, step);
    words.push(title, formatBytes(chain.layer.bytes), m.stack.stands(counted(chain.containers.length, locale)));
    if (step !== null && stepTitle(step) !== title) words.push(stepTitle(step));
  } else if (column) {
    const [first] = column.containers;
    if (first) {
      words.push(column.containers.length === 1 ? first.name : `${first.name} ×${column.containers.length}`);
      words.push(shortName(first.imageName), first.state);
    }
  }
  return (
    <p aria-hidden="true" data-reading="" className="h-5 truncate text-sm text-muted">
      {words.length === 0 ? m.stack.layers : <bdi>{visibleText(words.join(" · "))}</bdi>}
    </p>
  );
}
