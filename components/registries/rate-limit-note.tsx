"use client";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { RateLimitTold } from "@/lib/protocol/registry";

/** How much may still be pulled; nothing where the registry does not say. */
export function RateLimitNote({ limit, before = "" }: { limit: RateLimitTold | null; before?: string }) {
  const words = useRoomMessages().registries;
  const locale = useLocale();
  if (limit === null) return null;
  const told = words.rateLimit({
    remaining: limit.remaining.toLocaleString(locale),
    limit: limit.limit.toLocaleString(locale),
  });
  const hours =
    limit.seconds === null
      ? ""
      : ` (${words.rateWindow({ hours: Math.round(limit.seconds / 3600).toLocaleString(locale) })})`;
  return (
    <span className={limit.remaining * 10 < limit.limit ? "text-warning-text" : ""}>{`${before}${told}${hours}`}</span>
  );
}
