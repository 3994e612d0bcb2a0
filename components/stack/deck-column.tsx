"use client";

import Link from "next/link";
import { memo } from "react";

import { HealthMark } from "@/components/ui/health-mark";
import type { HealthLevel } from "@/lib/protocol/cell";

import styles from "./stack.module.css";

export type DeckColumnProps = {
  id: string;
  title: string;
  note: string;
  label: string;
  /** Of the container's page; null where several are folded. */
  href: string | null;
  health: HealthLevel | null;
  left: string;
  width: string;
  top: number;
  height: number;
  folded: boolean;
  running: boolean;
  reached: boolean;
};

/** One place on the deck: a container that leads to its page, or several that open. */
export const DeckColumn = memo(function DeckColumn(props: DeckColumnProps) {
  const { id, title, note, label, href, health, left, width, top, height } = props;
  const wrong = health === "failing" || health === "warning";
  const shared = {
    "data-item": id,
    tabIndex: props.reached ? 0 : -1,
    "aria-label": label,
    title: label,
    style: { left, width: `calc(${width} - 3px)`, top, height },
    className: `absolute flex flex-col justify-center overflow-hidden rounded-sm border bg-surface text-left hover:bg-hover ${styles["room"]} ${
      health === "failing" ? "border-failing" : "border-line-strong"
    } ${props.running ? "" : "border-dashed"} ${props.folded ? styles["folded"] : ""}`,
  };
  const inside = (
    <span className={`${styles["word"]} w-full overflow-hidden px-1.5`}>
      <span className="flex items-center gap-1 overflow-hidden font-semibold whitespace-nowrap">
        {wrong ? <HealthMark level={health} size={10} /> : null}
        <bdi className={props.running ? "" : "text-muted"}>{title}</bdi>
      </span>
      <span className="block overflow-hidden font-mono text-xs whitespace-nowrap text-muted">{note}</span>
    </span>
  );
  return href === null ? (
    <button type="button" {...shared}>
      {inside}
    </button>
  ) : (
    <Link href={href} prefetch={false} {...shared}>
      {inside}
    </Link>
  );
});
