"use client";

import type { CSSProperties } from "react";
import { memo } from "react";

import styles from "./stack.module.css";

/** A CSS variable has no type of its own. */
type Hued = CSSProperties & { "--hue": number; "--lift": number };

export type LayerBlockProps = {
  id: string;
  title: string;
  size: string;
  stands: string;
  label: string;
  left: string;
  width: string;
  /** In px. */
  bottom: number;
  height: number;
  hue: number;
  lift: number;
  estimated: boolean;
  picked: boolean;
  folded: boolean;
  /** The one that the tab key comes to. */
  reached: boolean;
};

/** One layer of the drawing. What it does is listened to by the drawing, once for all. */
export const LayerBlock = memo(function LayerBlock(props: LayerBlockProps) {
  const { id, title, size, stands, label, left, width, bottom, height, hue, lift } = props;
  const style: Hued = {
    left,
    width: `calc(${width} - 2px)`,
    bottom,
    height: Math.max(height - (height > 4 ? 1.5 : 0), 0.6),
    "--hue": hue,
    "--lift": lift,
  };
  const lines = height >= 36 ? 2 : height >= 15 ? 1 : 0;
  return (
    <button
      type="button"
      data-item={id}
      data-layer=""
      data-thin={height < 5 || undefined}
      data-estimated={props.estimated || undefined}
      tabIndex={props.reached ? 0 : -1}
      aria-label={label}
      aria-pressed={props.picked}
      title={label}
      style={style}
      className={`absolute ${styles["layer"]} ${styles["room"]} ${props.folded ? styles["folded"] : ""}`}
    >
      {lines === 0 ? null : (
        <span
          className={`sticky left-0 ${styles["word"]} max-w-full overflow-hidden whitespace-nowrap ${lines === 2 ? "px-1.5 pt-0.5" : "my-auto px-1.5 text-xs leading-none"}`}
        >
          <bdi className="font-semibold">{title}</bdi>
          {lines === 2 ? (
            <span className="block font-mono text-xs">
              {size} · {stands}
            </span>
          ) : (
            <span className="ml-1.5 font-mono text-xs">{size}</span>
          )}
        </span>
      )}
    </button>
  );
});
