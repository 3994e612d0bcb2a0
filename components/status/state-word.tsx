"use client";

import { HealthMark } from "@/components/ui/health-mark";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { PublicState } from "@/lib/protocol/status";

const marks: Readonly<Record<PublicState, HealthLevel>> = {
  operational: "ok",
  degraded: "warning",
  partial: "failing",
  major: "failing",
  maintenance: "starting",
  "no-data": "unknown",
};

/** The mark of a state and its word, as the public page has it. */
export function StateWord({ state }: { state: PublicState }) {
  const m = useRoomMessages();
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <HealthMark level={marks[state]} size={10} />
      {m.status.public.states[state]}
    </span>
  );
}

export function StateMark({ state }: { state: PublicState }) {
  return <HealthMark level={marks[state]} size={12} />;
}
