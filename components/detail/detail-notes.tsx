"use client";

import type { ReactNode } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { asObject, objectIn, textIn } from "@/lib/kinds/read-object";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { WireError } from "@/lib/protocol/error";
import type { ObjectAnswer } from "@/lib/protocol/object";

/** What a reader has to know before trusting the page; nothing while all is well. */
export function DetailNotes({ answer, error }: { answer: ObjectAnswer | null; error: WireError | null }) {
  const m = useMessages();
  const lost = useConnection().state === "lost";
  const metadata = objectIn(asObject(answer?.object), "metadata");
  const deleting = textIn(metadata, "deletionTimestamp") !== null;
  const read = useClockText((now) => (answer ? m.detail.read({ ago: now - answer.read }) : ""));
  const gone = useClockText((now) => (answer?.gone === undefined ? "" : m.detail.gone({ ago: now - answer.gone })));
  return (
    <div aria-live="polite" className="empty:hidden">
      {gone !== "" ? (
        <Note level="failing" title={gone}>
          {m.detail.goneBody}
        </Note>
      ) : deleting ? (
        <Note level="warning" title={m.detail.deleting} />
      ) : null}
      {lost && gone === "" ? (
        <Note level="warning" title={m.detail.lost}>
          {read}
        </Note>
      ) : null}
      {error ? (
        <Note level="warning" title={m.errors[error.code]}>
          {m.detail.noLongerRead} {error.detail ? <ClusterText text={error.detail} mono /> : null}
        </Note>
      ) : null}
    </div>
  );
}

function Note({ level, title, children }: { level: HealthLevel; title: string; children?: ReactNode }) {
  return (
    <p
      className={`mb-1 flex items-baseline gap-2 rounded-md px-3 py-2 ${level === "failing" ? "bg-failing-soft" : "bg-warning-soft"}`}
    >
      <HealthMark level={level} size={11} className="translate-y-px" />
      <span className="min-w-0 wrap-anywhere">
        <span className="font-semibold">{title}</span> {children}
      </span>
    </p>
  );
}
