"use client";

import type { SyntheticEvent } from "react";

import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { age } from "@/lib/shared/age";

import { useLocale } from "./messages";

type Props = { at: number; print?: (seconds: number) => string; className?: string };

/** How long ago `at` (seconds since the epoch) was, as kubectl prints it; the time itself on hover. */
export function Age({ at, print = age, className }: Props) {
  const text = useClockText((now) => print(now - at));
  const locale = useLocale();
  return (
    <time
      className={className}
      dateTime={isoTime(at)}
      onPointerEnter={(event: SyntheticEvent<HTMLElement>) => {
        event.currentTarget.title = bothTimes(at, locale);
      }}
    >
      {text}
    </time>
  );
}

/** The reader's own time with its zone, then UTC. Only made when asked for: the server does not know the reader's zone. */
export function bothTimes(at: number, locale: string): string {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const local = date.toLocaleString(locale, { dateStyle: "medium", timeStyle: "long" });
  return `${local}\n${isoTime(at)}`;
}

function isoTime(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
