"use client";

import { HealthMark } from "@/components/ui/health-mark";

/** What a form did, or why it did not, above the page that it belongs to. */
export function FormNote({ done, problem }: { done: string | undefined; problem: string | null }) {
  if (problem === null && done === undefined) return null;
  return (
    <p
      role={problem === null ? "status" : "alert"}
      className="flex items-baseline gap-2 rounded-md border border-line bg-surface px-3.5 py-2"
    >
      <HealthMark level={problem === null ? "done" : "failing"} size={11} />
      <span className="min-w-0">{problem ?? done}</span>
    </p>
  );
}
