"use client";

import { useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useApply } from "@/lib/client/hooks/use-apply";
import { usePreview } from "@/lib/client/hooks/use-preview";
import type { ActionResult } from "@/lib/protocol/action-answer";

import { CommandBox } from "./command-box";
import { ErrorWords } from "./error-words";
import { ResultItem } from "./result-item";

type Props = { source: string; namespace: string; yaml: string; onBack: () => void };

/** What would become of each document, and then what became of it. */
export function ApplyReview({ source, namespace, yaml, onBack }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const words = m.actions.apply;
  const [force, setForce] = useState(false);
  const body = useMemo(
    () => ({ source, yaml, force, ...(namespace === "" ? {} : { namespace }) }),
    [source, yaml, force, namespace],
  );
  const done = useApply();
  const preview = usePreview("apply", done.state === "idle" ? body : null);
  const results = done.results ?? preview.results;
  const error = done.error ?? preview.error;
  const able = results?.filter(({ outcome }) => outcome === "ready") ?? [];
  const isHeld = results?.some(({ held }) => held.length > 0) ?? false;
  const ended = done.state === "ended";

  return (
    <>
      <section
        aria-busy={preview.waiting || done.state === "running"}
        className="min-h-0 flex-1 space-y-3 overflow-y-auto rounded-lg border border-line bg-surface p-4"
      >
        {error ? (
          <ErrorWords error={error} />
        ) : results === null ? (
          <p role="status" className="text-muted">
            {m.actions.trying}
          </p>
        ) : (
          <>
            <p role="status" className="font-medium">
              {ended
                ? m.actions.result({
                    done: results.filter(({ outcome }) => outcome === "done").length.toLocaleString(locale),
                    of: results.length.toLocaleString(locale),
                  })
                : words.count({ count: results.length })}
            </p>
            <ul className="space-y-4">
              {results.map((result, index) => (
                <li key={index}>
                  <ResultItem result={result} named>
                    <Held result={result} />
                  </ResultItem>
                </li>
              ))}
            </ul>
            {ended ? null : <CommandBox lines={results.map(({ command }) => command)} />}
          </>
        )}
      </section>
      <div className="flex flex-wrap items-center justify-end gap-3">
        {isHeld || force ? (
          <label className="mr-auto flex items-center gap-2" title={words.forceAbout}>
            <input
              type="checkbox"
              checked={force}
              disabled={done.state === "running"}
              onChange={(event) => {
                setForce(event.target.checked);
                done.reset();
              }}
            />
            <span>
              {words.force}
              <span className="block text-sm text-muted">{words.forceAbout}</span>
            </span>
          </label>
        ) : null}
        <Button onClick={onBack} disabled={done.state === "running"}>
          {m.actions.edit.back}
        </Button>
        {ended ? null : (
          <Button
            look="primary"
            disabled={able.length === 0 || preview.waiting || done.state === "running"}
            onClick={() => done.start(body)}
          >
            {words.apply({ count: able.length.toLocaleString(locale) })}
          </Button>
        )}
      </div>
    </>
  );
}

/** The fields that somebody else manages: forcing takes them over. */
function Held({ result: { held } }: { result: ActionResult }) {
  const words = useMessages().actions.apply;
  if (held.length === 0) return null;
  return (
    <div className="rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-text">
      <p className="font-medium">{words.heldTitle}</p>
      <ul>
        {held.map(({ field, by }) => (
          <li key={`${field} ${by}`}>
            <ClusterText text={words.held({ field, by })} className="wrap-anywhere" />
          </li>
        ))}
      </ul>
    </div>
  );
}
