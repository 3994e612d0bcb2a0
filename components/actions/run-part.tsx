"use client";

import { Button } from "@/components/ui/button";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { Progress } from "@/lib/client/actions/run-each";
import type { ActionResult } from "@/lib/protocol/action-answer";

import { ResultItem } from "./result-item";

type Props = {
  progress: Progress;
  onStop: () => void;
  /** Tries once more what did not go well. */
  onAgain?: (which: readonly ActionResult[]) => void;
  onClose: () => void;
};

/** What has happened so far, one by one, and in the end. */
export function RunPart({ progress: { results, running }, onStop, onAgain, onClose }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const ended = results.filter((result) => result !== null);
  const done = ended.filter(({ outcome }) => outcome === "done");
  const failed = ended.filter(({ outcome }) => outcome !== "done");
  const of = results.length.toLocaleString(locale);
  const left = results.length - ended.length;
  return (
    <>
      <div role="status" className="space-y-1.5">
        <p className="font-medium">
          {running
            ? m.actions.running({ done: ended.length.toLocaleString(locale), of })
            : m.actions.result({ done: done.length.toLocaleString(locale), of })}
        </p>
        {!running && left > 0 ? <p>{m.actions.stopped({ count: left.toLocaleString(locale) })}</p> : null}
      </div>
      {results.length > 1 ? (
        <progress
          aria-label={m.actions.running({ done: String(ended.length), of })}
          value={ended.length}
          max={results.length}
          className="h-1.5 w-full"
        />
      ) : null}
      <ul className="max-h-[45vh] space-y-3 overflow-y-auto">
        {[...failed, ...done].map((result) => (
          <li key={`${result.target.kind} ${result.target.source}/${result.target.path}`}>
            <ResultItem result={result} named />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        {running ? (
          <Button onClick={onStop}>{m.actions.stopHere}</Button>
        ) : (
          <>
            {onAgain && failed.length > 0 ? (
              <Button onClick={() => onAgain(failed)}>
                {m.actions.again({ count: failed.length.toLocaleString(locale) })}
              </Button>
            ) : null}
            <Button look="primary" autoFocus onClick={onClose}>
              {m.actions.close}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
