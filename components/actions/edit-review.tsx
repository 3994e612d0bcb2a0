"use client";

import { useMemo } from "react";

import { Button } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { usePreview } from "@/lib/client/hooks/use-preview";
import { useRun } from "@/lib/client/hooks/use-run";
import type { EditConflict } from "@/lib/protocol/action-answer";
import type { Ref } from "@/lib/protocol/ref";

import { CommandBox } from "./command-box";
import { ConflictPart } from "./conflict-part";
import { DiffView } from "./diff-view";
import { ErrorWords } from "./error-words";
import { RunPart } from "./run-part";

type Texts = { base: string; mine: string };
type Props = {
  target: Ref;
  base: string;
  yaml: string;
  /** Back to the text, or to another one that takes its place. */
  onBack: (next: Texts | null) => void;
  onClose: () => void;
};

/** How the API server would take the text, and then how it took it. */
export function EditReview({ target, base, yaml, onBack, onClose }: Props) {
  const m = useMessages();
  const run = useRun();
  const body = useMemo(() => ({ objects: [target], yaml, base }), [target, yaml, base]);
  const preview = usePreview("edit", run.progress ? null : body);
  const result = run.progress?.results[0] ?? preview.results?.[0] ?? null;
  const conflict = result?.conflict ?? null;
  const ready = result?.outcome === "ready";

  const take = (by: EditConflict): void =>
    onBack(by.merged === null ? { base: by.current, mine: by.current } : { base: by.current, mine: by.merged });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 space-y-3.5 overflow-y-auto p-4">
        {conflict ? (
          <ConflictPart conflict={conflict} onTake={() => take(conflict)} />
        ) : run.progress ? (
          <RunPart progress={run.progress} onStop={run.stop} onClose={onClose} />
        ) : preview.error ? (
          <ErrorWords error={preview.error} />
        ) : result === null ? (
          <p role="status" className="text-muted">
            {m.actions.trying}
          </p>
        ) : (
          <>
            {ready ? (
              <DiffView diff={result.diff} label={m.actions.preview} tall />
            ) : (
              <section className="space-y-1.5">
                <h3 className="font-medium">{m.actions.edit.invalid}</h3>
                {result.error ? <ErrorWords error={result.error} /> : null}
              </section>
            )}
            {result.warnings.length > 0 ? (
              <ul className="rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-text">
                {result.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            ) : null}
            <CommandBox lines={[result.command]} />
          </>
        )}
      </div>
      {run.progress && !conflict ? null : (
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-2.5">
          <Button onClick={() => onBack(null)}>{m.actions.edit.back}</Button>
          {conflict ? null : (
            <Button
              look="primary"
              disabled={!ready || preview.waiting || result?.change === "unchanged"}
              onClick={() => run.start("edit", [{ target, body }])}
            >
              {m.actions.edit.apply}
            </Button>
          )}
        </footer>
      )}
    </div>
  );
}
