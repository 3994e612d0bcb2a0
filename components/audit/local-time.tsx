"use client";

import { useSyncExternalStore } from "react";

import { bothTimes } from "@/components/ui/age";
import { useLocale } from "@/components/ui/messages";

const never = () => () => {};

/** A moment (ms since the epoch) in the reader's zone, as soon as the browser has told it; the server says UTC. */
export function LocalTime({ at }: { at: number }) {
  const locale = useLocale();
  const iso = new Date(at).toISOString();
  const text = useSyncExternalStore(
    never,
    () => localText(at),
    () => `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`,
  );
  return (
    <time
      dateTime={iso}
      className="font-mono whitespace-nowrap"
      onPointerEnter={(event) => {
        event.currentTarget.title = bothTimes(at / 1000, locale);
      }}
    >
      {text}
    </time>
  );
}

/** As sortable as UTC's, in the reader's own zone. */
function localText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
