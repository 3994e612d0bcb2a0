"use client";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import type { EditConflict } from "@/lib/protocol/action-answer";
import { age } from "@/lib/shared/age";

import { DiffView } from "./diff-view";

/** Somebody else was faster: who, what they changed, and how to go on without losing either. */
export function ConflictPart({ conflict, onTake }: { conflict: EditConflict; onTake: () => void }) {
  const words = useMessages().actions.edit;
  const { by, at, theirs, merged } = conflict;
  const since = useClockText((now) => (at === null ? "" : age(now - Date.parse(at) / 1000)));
  return (
    <section className="space-y-2.5">
      <h3 role="alert" className="font-semibold">
        {words.conflictTitle}
      </h3>
      {by !== null && at !== null ? (
        <p>
          <ClusterText text={words.conflictBy({ by, age: since })} />
        </p>
      ) : null}
      {theirs === null ? null : (
        <>
          <p>{words.conflictBody}</p>
          <DiffView diff={theirs} label={words.conflictTitle} tall />
        </>
      )}
      {merged === null ? <p>{words.cannotTake}</p> : null}
      <Button look="primary" onClick={onTake}>
        {merged === null ? words.restart : words.take}
      </Button>
    </section>
  );
}
