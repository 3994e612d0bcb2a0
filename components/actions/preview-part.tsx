"use client";

import { useLocale, useMessages } from "@/components/ui/messages";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/protocol/action-answer";
import type { WireError } from "@/lib/protocol/error";

import { ErrorWords } from "./error-words";
import { ResultItem } from "./result-item";

type Props = {
  results: readonly ActionResult[] | null;
  count: number;
  waiting: boolean;
  error: WireError | null;
  orphans: boolean;
};

/** How it would end, object by object. What cannot be done stands first. */
export function PreviewPart({ results, count, waiting, error, orphans }: Props) {
  const m = useMessages();
  const locale = useLocale();
  if (error) return <ErrorWords error={error} />;
  if (!results) {
    return (
      <div role="status" className="space-y-2">
        <span className="text-muted">{m.actions.trying}</span>
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </div>
    );
  }
  const unable = results.filter(({ outcome }) => outcome !== "ready");
  const able = results.filter(({ outcome }) => outcome === "ready");
  return (
    <section aria-busy={waiting} className={`space-y-2 ${waiting ? "opacity-60" : ""}`}>
      <h3 className="text-sm text-muted">{m.actions.preview}</h3>
      {unable.length > 0 && count > 1 ? (
        <p role="status" className="font-medium">
          {able.length === 0
            ? m.actions.failedAll
            : m.actions.failedSome({ count: unable.length.toLocaleString(locale) })}
        </p>
      ) : null}
      <ul className={count > 1 ? "max-h-[40vh] space-y-3 overflow-y-auto" : ""}>
        {[...unable, ...able].map((result) => (
          <li key={`${result.target.source}/${result.target.path}`}>
            <ResultItem result={result} named={count > 1} orphans={orphans} />
          </li>
        ))}
      </ul>
    </section>
  );
}
