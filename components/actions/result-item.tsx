"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { ActionResult } from "@/lib/protocol/action-answer";
import type { HealthLevel } from "@/lib/protocol/cell";
import { hrefOf } from "@/lib/protocol/ref";

import { ClearingPart } from "./clearing-part";
import { DiffView } from "./diff-view";
import { ErrorWords } from "./error-words";

/** What is only shown beforehand has no mark: nothing was done, well or badly. */
const levels: Readonly<Record<Exclude<ActionResult["outcome"], "ready">, HealthLevel>> = {
  done: "ok",
  refused: "warning",
  failed: "failing",
};

/** One object of an action: how it would end, or how it ended. */
export function ResultItem({
  result,
  named,
  orphans,
  children,
}: {
  result: ActionResult;
  /** Says which object it is: there are several. */
  named: boolean;
  /** What it owns stays behind. */
  orphans?: boolean;
  children?: ReactNode;
}) {
  const m = useMessages();
  const { target, outcome, change, diff, warnings, error, made, held, unchecked, clearing } = result;
  const state =
    outcome === "done"
      ? change && m.actions.done[change]
      : outcome === "ready"
        ? change && m.actions.changes[change]
        : m.actions.outcomes[outcome];
  // What goes is listed below: a word for it would only say the same.
  const listed = outcome === "ready" && !named && clearing !== null;
  return (
    <div className="space-y-1.5">
      <p className={listed ? "hidden" : "flex items-baseline gap-2"}>
        {outcome === "ready" ? null : <HealthMark level={levels[outcome]} size={10} className="translate-y-px" />}
        {named ? (
          <span className="min-w-0 font-mono wrap-anywhere">
            <span className="text-muted">{target.kind} </span>
            <ClusterText text={target.path} />
          </span>
        ) : null}
        <span className="shrink-0 text-muted">{state}</span>
      </p>
      {error && held.length === 0 ? <ErrorWords error={error} /> : null}
      {unchecked ? <p className="text-muted">{m.actions.unchecked}</p> : null}
      {clearing ? <ClearingPart clearing={clearing} done={outcome === "done"} /> : null}
      {outcome === "ready" ? <Company result={result} orphans={orphans ?? false} /> : null}
      {outcome === "ready" && diff !== null && diff !== "" ? <DiffView diff={diff} label={target.path} /> : null}
      {warnings.length > 0 ? (
        <div className="rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-text">
          <p className="font-medium">{m.actions.warnings}</p>
          {warnings.map((warning) => (
            <ClusterText key={warning} text={warning} className="block wrap-anywhere" />
          ))}
        </div>
      ) : null}
      {made ? (
        <Link href={hrefOf(made)} prefetch={false} className="text-accent hover:underline">
          {m.actions.made}: <ClusterText text={made.path} className="font-mono" />
        </Link>
      ) : null}
      {children}
    </div>
  );
}

/** What goes along with a deletion, or stays behind. */
function Company({ result: { companions, untold }, orphans }: { result: ActionResult; orphans: boolean }) {
  const m = useMessages();
  const locale = useLocale();
  if (companions.length === 0 && untold.length === 0) return null;
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const words = list.format(
    companions.map(({ kind, count, more }) =>
      m.actions.companions({ kind, count: count.toLocaleString(locale), more }),
    ),
  );
  return (
    <div>
      {companions.length > 0 ? (
        <p>{orphans ? m.actions.behind({ list: words }) : m.actions.along({ list: words })}</p>
      ) : null}
      {companions.map(({ kind, names, count, more }) => (
        <p key={kind} className="font-mono text-muted wrap-anywhere">
          <ClusterText text={names.join(", ")} />
          {more || count > names.length ? " …" : ""}
        </p>
      ))}
      {untold.length > 0 ? (
        <p className="text-warning-text">{m.actions.untold({ kinds: list.format(untold) })}</p>
      ) : null}
    </div>
  );
}
