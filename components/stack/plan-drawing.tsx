"use client";

import type { KeyboardEvent } from "react";
import { useMemo, useRef, useState } from "react";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { changeStackView } from "@/lib/client/hooks/use-stack-view";
import type { Stack } from "@/lib/protocol/stack";
import { visibleText } from "@/lib/shared/visible-text";
import type { ChainHue } from "@/lib/stack/chain-hue";
import type { StackPlan } from "@/lib/stack/stack-plan";
import { findChain, shortChain, spanOf } from "@/lib/stack/stack-plan";
import type { StackView } from "@/lib/stack/stack-view";
import type { Direction, Placed } from "@/lib/stack/step-between";
import { stepBetween } from "@/lib/stack/step-between";

import { DeckColumns } from "./deck-columns";
import { deckHeights } from "./deck-heights";
import { across, sceneOf } from "./geometry";
import { LayerBlocks } from "./layer-blocks";
import { Reading } from "./reading";
import styles from "./stack.module.css";
import { usePlacesInView } from "./use-places-in-view";

type Props = { stack: Stack; plan: StackPlan; view: StackView; hues: ReadonlyMap<unknown, ChainHue>; pixels: number };

/** A place narrower than this cannot be hit: the drawing is then wider than its frame and scrolls, in px. */
const narrowest = 12;

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** Layers on the ground, containers on their deck, pods and workloads above; one of it is lit at a time. */
export function PlanDrawing({ stack, plan, view, hues, pixels }: Props) {
  const m = useRoomMessages();
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const picked = findChain(plan.forest, view.layer)?.layer.chain ?? null;
  const zoomed = spanOf(plan, findChain(plan.forest, view.zoom)?.layer.chain ?? null);
  const left = zoomed?.left ?? 0;
  const width = zoomed?.width ?? Math.max(1, plan.width);
  const part = useMemo(() => ({ left, width }), [left, width]);
  const [from, to] = usePlacesInView(box, part.left, part.width);
  const scene = useMemo(() => sceneOf(plan, part, pixels, [from, to]), [plan, part, pixels, from, to]);
  const heights = useMemo(() => deckHeights(stack, scene.columns), [stack, scene.columns]);
  const things = useMemo((): Placed[] => {
    const top = plan.height + 1;
    return [
      ...scene.blocks.map(({ chain, left, width, bottom, height }) => ({
        key: chain.layer.chain,
        left: Math.max(left, part.left),
        right: Math.min(left + width, part.left + part.width),
        bottom,
        top: bottom + height,
      })),
      ...scene.columns.map(({ left }) => ({ key: `place:${left}`, left, right: left + 1, bottom: top, top: top + 1 })),
    ];
  }, [scene, part, plan.height]);
  const [hovered, setHovered] = useState<string | null>(null);
  const [reached, setReached] = useState<string | null>(null);
  const stop = things.some(({ key }) => key === reached) ? reached : (things[0]?.key ?? null);
  const lit = things.find(({ key }) => key === hovered) ?? things.find(({ key }) => key === picked) ?? null;

  const itemAt = (target: EventTarget): string | null =>
    target instanceof Element ? (target.closest<HTMLElement>("[data-item]")?.dataset["item"] ?? null) : null;

  function go(event: KeyboardEvent): void {
    if (event.key === "Escape" && (view.layer !== null || view.zoom !== null)) {
      changeStackView(view.layer === null ? { zoom: null } : { layer: null });
      return;
    }
    const direction = directions[event.key];
    const here = things.find(({ key }) => key === itemAt(event.target));
    if (!direction || !here) return;
    event.preventDefault();
    const next = stepBetween(things, here, direction);
    if (!next) return;
    setReached(next.key);
    box.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(next.key)}"]`)?.focus();
  }

  function open(target: EventTarget): void {
    const key = itemAt(target);
    if (key === null) return;
    const column = key.startsWith("place:") ? plan.columns[Number(key.slice("place:".length))] : undefined;
    if (!column) changeStackView({ layer: key === picked ? null : shortChain(key) }, "push");
    else if (column.containers.length > 1)
      changeStackView({ fold: "none", zoom: column.chain ? shortChain(column.chain.layer.chain) : null }, "push");
    else if (column.containers.length === 0 && column.chain)
      changeStackView({ layer: shortChain(column.chain.layer.chain) }, "push");
  }

  const ground = heights.total;
  return (
    <div className="min-w-0">
      <Reading plan={plan} stack={stack} id={hovered ?? picked} />
      <div
        ref={box}
        role="group"
        aria-label={m.stack.drawing}
        data-drawing=""
        onKeyDown={go}
        onClick={(event) => open(event.target)}
        onPointerOver={(event) => setHovered(itemAt(event.target))}
        onPointerLeave={() => setHovered(null)}
        onFocus={(event) => {
          const key = itemAt(event.target);
          setReached(key);
          setHovered(key);
        }}
        onBlur={() => setHovered(null)}
        className="relative overflow-x-auto overflow-y-hidden"
      >
        <div
          className="relative"
          style={{
            height: ground + pixels + 1,
            minWidth: part.width * narrowest < 300 ? "100%" : `max(100%, ${part.width * narrowest}px)`,
          }}
        >
          <DeckColumns stack={stack} scene={scene} heights={heights} pixels={pixels} reached={stop} />
          <div className="absolute inset-x-0 bottom-0 border-b-2 border-line-strong" style={{ height: pixels }}>
            <LayerBlocks
              plan={plan}
              stack={stack}
              scene={scene}
              hues={hues}
              picked={picked}
              reached={stop}
              locale={locale}
            />
          </div>
          {lit ? (
            <>
              <div
                data-veil=""
                className={`absolute inset-y-0 ${styles["veil"]}`}
                style={across(part, part.left, lit.left - part.left)}
              />
              <div
                data-lit={lit.right - lit.left}
                className={`absolute top-0 ${styles["beam"]}`}
                style={{
                  ...across(part, lit.left, lit.right - lit.left),
                  bottom: Math.min(lit.bottom, plan.height) * scene.scale,
                }}
              />
              <div
                data-veil=""
                className={`absolute inset-y-0 ${styles["veil"]}`}
                style={across(part, lit.right, part.left + part.width - lit.right)}
              />
            </>
          ) : null}
        </div>
      </div>
      <p className="mt-2 text-sm text-muted" data-thin-layers={scene.thin}>
        {visibleText(
          scene.thin === 0 ? "" : m.stack.thin({ count: scene.thin, shown: scene.thin.toLocaleString(locale) }),
        )}
      </p>
    </div>
  );
}
