"use client";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { HealthLevel } from "@/lib/protocol/cell";
import { healthLevels } from "@/lib/protocol/cell";
import { hrefOf } from "@/lib/protocol/ref";
import type { Stack, StackContainer } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import { deckRuns, groupOf, podOf } from "@/lib/stack/deck-runs";
import { shortName } from "@/lib/stack/layer-title";
import type { PlanColumn } from "@/lib/stack/stack-plan";

import { DeckColumn } from "./deck-column";
import type { DeckHeights } from "./deck-heights";
import { runHeight } from "./deck-heights";
import { DeckVolumes } from "./deck-volumes";
import type { Scene } from "./geometry";
import { across } from "./geometry";
import styles from "./stack.module.css";

type Props = { stack: Stack; scene: Scene; heights: DeckHeights; pixels: number; reached: string | null };

/** What stands on the layers: containers, the pods and workloads above them, and a line from each to its topmost layer. */
export function DeckColumns({ stack, scene, heights, pixels, reached }: Props) {
  const words = useColumnWords(stack);
  const { part, columns, scale } = scene;
  const standing = columns.filter(({ containers }) => containers.length > 0);
  const lineTop = heights.containers + heights.containerHeight;
  return (
    <>
      {heights.groups === null
        ? null
        : deckRuns(standing, groupOf).map(({ key, left, width }) => (
            <div
              key={left}
              title={key}
              style={{ ...apart(across(part, left, width)), top: heights.groups ?? 0, height: runHeight }}
              className={`absolute overflow-clip rounded-sm bg-sunken ${styles["room"]}`}
            >
              <bdi className={`sticky left-0 ${styles["word"]} overflow-hidden px-1.5 font-semibold whitespace-nowrap`}>
                {visibleText(key)}
              </bdi>
            </div>
          ))}
      {heights.pods === null
        ? null
        : deckRuns(standing, podOf).map(({ key, left, width }) => (
            <div
              key={left}
              title={key}
              style={{ ...apart(across(part, left, width)), top: heights.pods ?? 0, height: runHeight }}
              className={`absolute overflow-clip rounded-sm border border-dashed border-line-strong ${styles["room"]}`}
            >
              <bdi
                className={`sticky left-0 ${styles["word"]} overflow-hidden px-1.5 font-mono text-xs leading-5 whitespace-nowrap text-muted`}
              >
                {visibleText(shortPod(key))}
              </bdi>
            </div>
          ))}
      {standing.map((column) => (
        <div
          key={column.left}
          aria-hidden="true"
          className="absolute w-px bg-line-strong"
          style={{
            left: middle(across(part, column.left, 1)),
            top: lineTop,
            height: Math.max(0, heights.total - lineTop + pixels - column.bottom * scale),
          }}
        />
      ))}
      {standing.map((column) => (
        <DeckColumn
          key={column.left}
          id={`place:${column.left}`}
          {...words(column)}
          {...across(part, column.left, 1)}
          top={heights.containers}
          height={heights.containerHeight}
          reached={reached === `place:${column.left}`}
        />
      ))}
      {heights.volumes === null ? null : <DeckVolumes stack={stack} scene={scene} top={heights.volumes} />}
    </>
  );
}

/** What is said of one place: of its container, or of all that fold there. */
function useColumnWords(stack: Stack) {
  const m = useRoomMessages();
  const locale = useLocale();
  return ({ containers }: PlanColumn) => {
    const [first] = containers;
    const name = first ? visibleText(nameFor(first, containers.length > 1)) : "";
    const image = visibleText(shortName(first?.imageName ?? ""));
    const shown = containers.length.toLocaleString(locale);
    const folded = containers.length > 1;
    const written = writtenBy(containers);
    const unknown = first && stack.images.every(({ id }) => id !== first.image);
    return {
      title: name,
      note: folded
        ? m.stack.times({ shown })
        : unknown
          ? m.stack.unknownLayers
          : written === null
            ? (first?.state ?? "")
            : m.stack.writable({ bytes: formatBytes(written) }),
      label: folded
        ? m.stack.foldedLabel({ name, shown })
        : m.stack.columnLabel({ name: visibleText(first?.name ?? ""), image, state: visibleText(first?.state ?? "") }),
      href: folded || !first ? null : hrefOf({ kind: "containers", source: stack.machine.source, path: first.path }),
      health: worst(containers),
      folded,
      running: containers.some(({ running }) => running),
    };
  };
}

/** Several of one image go by the image where their names differ. */
function nameFor(first: StackContainer, folded: boolean): string {
  if (folded) return first.pod ? first.name : shortName(first.imageName).replace(/^.*\//, "");
  const project = first.pod === null && first.group !== null ? `${first.group}-` : "";
  return project !== "" && first.name.startsWith(project) ? first.name.slice(project.length) : first.name;
}

function writtenBy(containers: readonly StackContainer[]): number | null {
  let sum = 0;
  for (const { writable } of containers) {
    if (writable === null) return null;
    sum += writable;
  }
  return sum;
}

function worst(containers: readonly StackContainer[]): HealthLevel | null {
  return healthLevels.find((level) => containers.some(({ health }) => health === level)) ?? null;
}

/** A pod's name without its workload's: what differs stands at its end. */
function shortPod(key: string): string {
  const name = key.slice(key.indexOf("/") + 1);
  return /-[a-z0-9]{8,10}-([a-z0-9]{5})$/.exec(name)?.[1] ?? name;
}

/** A little room between what stands beside each other. */
function apart({ left, width }: { left: string; width: string }) {
  return { left, width: `calc(${width} - 3px)` };
}

function middle({ left, width }: { left: string; width: string }): string {
  return `calc(${left} + ${width} / 2 - 1px)`;
}
