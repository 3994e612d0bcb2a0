"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { RegistryState, RegistrySummary } from "@/lib/protocol/registry";

import { RateLimitNote } from "./rate-limit-note";

const levels: Record<RegistryState, HealthLevel> = {
  asking: "starting",
  open: "ok",
  "signed-in": "ok",
  refused: "failing",
  unreachable: "failing",
};

/** How a registry stands, in a shape and a word. */
export function RegistryStanding({ registry }: { registry: RegistrySummary }) {
  const words = useRoomMessages().registries;
  const level = levels[registry.state];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="inline-flex items-center gap-1.5">
        <HealthMark level={level} size={11} />
        <span className={level === "failing" ? "text-failing" : ""}>{words.states[registry.state]}</span>
      </span>
      {registry.error?.detail ? (
        <ClusterText text={registry.error.detail} mono className="min-w-0 text-sm text-muted wrap-anywhere" />
      ) : null}
      {registry.rateLimit === null ? null : (
        <span className="text-sm text-muted">
          <RateLimitNote limit={registry.rateLimit} />
        </span>
      )}
    </span>
  );
}
