"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { linkHref } from "@/lib/client/link-href";
import type { Column, ReadCell } from "@/lib/kinds/kind";
import type { Ref } from "@/lib/protocol/ref";
import { hrefOf } from "@/lib/protocol/ref";

import { isProse, levelOf } from "../grid-layout";
import { cellText, isTimed, TimedText } from "./cell-text";

type Props = {
  column: Column;
  read: ReadCell;
  /** The row's object. */
  object: Ref;
  /** This cell wears the mark of the row's health. */
  marked: boolean;
  /** This cell is the heading where the row is drawn as a card. */
  title: boolean;
  /** Element id of the cell that the keyboard is on; undefined for all others. */
  here: string | undefined;
  /** On a phone there is no head: numbers carry their column's name. */
  label: string | undefined;
  /** Stands before everything else in it. */
  lead: ReactNode;
};

/** One cell of the live table, drawn by the type of its column. */
export function GridCell({ column, read, object, marked, title, here, label, lead }: Props) {
  const value = read(column.id);
  const absent = value === null || value === "";
  const href = hrefOfCell(column, read, object);
  const text = <CellContent column={column} read={read} />;
  return (
    <div
      role="gridcell"
      id={here}
      data-here={here !== undefined || undefined}
      data-label={label}
      className={classes(column, absent, marked, title)}
    >
      {lead}
      {marked ? <RowMark read={read} /> : null}
      {href === null ? (
        text
      ) : (
        // The arrow keys reach it; thirty rows of links would be a long way for Tab.
        <Link href={href} prefetch={false} tabIndex={-1}>
          {text}
        </Link>
      )}
    </div>
  );
}

/** Where a cell leads: a name to the row's own page, other cells to what they name. */
export function hrefOfCell(column: Column, read: ReadCell, object: Ref): string | null {
  if (column.type === "name") return hrefOf(object);
  const link = column.link?.(read);
  return link ? linkHref(link, object.source) : null;
}

function CellContent({ column, read }: { column: Column; read: ReadCell }): ReactNode {
  const m = useMessages();
  if (column.type === "health") {
    const level = levelOf(read(column.id));
    return level ? m.table.levels[level] : "";
  }
  // Of another type of source nobody says that there is none: it has no such thing.
  if (column.of !== undefined && read(column.id) === null) return "";
  return isTimed(column) ? <TimedText column={column} read={read} /> : cellText(column, read);
}

function RowMark({ read }: { read: ReadCell }) {
  return <HealthMark level={levelOf(read("health")) ?? "unknown"} size={10} />;
}

/** r: right, m: mono, f: faint, p: prose, n: a card's heading, h: the health, a: an age. */
function classes(column: Column, absent: boolean, marked: boolean, title: boolean): string {
  const prose = isProse(column);
  const mono = column.type !== "health" && !(column.type === "text" && marked) && !prose;
  const letters = [
    prose && "p",
    title && "n",
    marked && "h",
    mono && "m",
    column.type === "time" && "a",
    column.align === "right" && "r",
    absent && "f",
  ];
  return ["td", ...letters.filter((letter) => letter !== false)].join(" ");
}
