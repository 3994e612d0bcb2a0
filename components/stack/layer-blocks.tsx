"use client";

import { useMemo } from "react";

import { useRoomMessages } from "@/components/ui/room-messages";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import type { ChainHue } from "@/lib/stack/chain-hue";
import { layerTitle } from "@/lib/stack/layer-title";
import type { StackPlan } from "@/lib/stack/stack-plan";

import { counted } from "./count";
import type { Scene } from "./geometry";
import { across } from "./geometry";
import { LayerBlock } from "./layer-block";
import { layersOf } from "./layer-steps";

type Props = {
  plan: StackPlan;
  stack: Stack;
  scene: Scene;
  hues: ReadonlyMap<unknown, ChainHue>;
  picked: string | null;
  reached: string | null;
  locale: string;
};

/** All layers of the scene, each in its place. */
export function LayerBlocks({ stack, scene, hues, picked, reached, locale }: Props) {
  const m = useRoomMessages();
  const layers = useMemo(() => layersOf(stack), [stack]);
  return scene.blocks.map(({ chain, left, width, bottom, height }) => {
    const id = chain.layer.chain;
    const layer = layers.get(id);
    const estimated = layer?.mark === "estimated";
    const title = visibleText(layerTitle(chain, layer?.createdBy ?? null));
    const size = formatBytes(chain.layer.bytes);
    const on = counted(chain.containers.length, locale);
    const stands = on.count === 0 ? m.stack.onlyLies : m.stack.stands(on);
    const { hue, lift } = hues.get(chain) ?? { hue: 240, lift: 0 };
    return (
      <LayerBlock
        key={id}
        id={id}
        title={title}
        size={size}
        stands={on.count === 0 ? m.stack.onlyLies : m.stack.standsShort(on)}
        label={m.stack.blockLabel({
          title,
          bytes: size,
          stands,
          mark: estimated ? ` (${m.stack.marks.estimated})` : "",
        })}
        {...across(scene.part, left, width)}
        bottom={bottom * scene.scale}
        height={height * scene.scale}
        hue={hue}
        lift={lift}
        estimated={estimated}
        picked={picked === id}
        folded={false}
        reached={reached === id}
      />
    );
  });
}
