"use client";

import { useRoomMessages } from "@/components/ui/room-messages";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";

import { deckGap, maxVolumes, volumeHeight } from "./deck-heights";
import type { Scene } from "./geometry";
import { across } from "./geometry";
import styles from "./stack.module.css";

/** Volumes below the containers that mount them: data does not lie in a writable layer. */
export function DeckVolumes({ stack, scene, top }: { stack: Stack; scene: Scene; top: number }) {
  const m = useRoomMessages();
  const bytes = new Map(stack.volumes?.map((volume) => [volume.name, volume.bytes]));
  return scene.columns.flatMap(({ left, containers }) =>
    [...new Set(containers.flatMap(({ volumes }) => volumes))].slice(0, maxVolumes).map((name, place) => {
      const known = bytes.get(name) ?? null;
      const size = known === null ? m.stack.marks.unknown : formatBytes(known);
      return (
        <div
          key={`${left} ${name}`}
          title={`${name} · ${size}`}
          style={{ ...across(scene.part, left, 1), top: top + place * (volumeHeight + deckGap), height: volumeHeight }}
          className={`absolute px-1.5 ${styles["room"]}`}
        >
          <span className="block h-full overflow-hidden rounded-lg border border-accent bg-accent-soft text-center text-xs leading-4 text-accent">
            <span className={styles["word"]}>
              <bdi className="block truncate px-1 font-mono">{visibleText(shortVolume(name))}</bdi>
              <span className="block truncate font-mono">{size}</span>
            </span>
          </span>
        </div>
      );
    }),
  );
}

/** A volume without a name of its own has a digest for one. */
function shortVolume(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? name.slice(0, 7) : name;
}
