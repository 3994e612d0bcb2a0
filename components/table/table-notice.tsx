"use client";

import Link from "next/link";

import { useFrame } from "@/components/shell/frame-context";
import { kindTitle } from "@/components/shell/sections";
import { Button, buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";
import { changeView } from "@/lib/client/hooks/use-view";
import type { RowsView } from "@/lib/client/store/rows-view";
import type { Kind } from "@/lib/kinds/kind";
import type { WireError } from "@/lib/protocol/error";
import type { SourceState } from "@/lib/protocol/query";
import { describe } from "@/lib/query/describe";
import { parse } from "@/lib/query/parse";

/** Why there are no rows, and what to do. */
export function EmptyTable({ kind, view, q }: { kind: Kind; view: RowsView; q: string }) {
  const m = useMessages();
  const locale = useLocale();
  const { sources } = useFrame();
  const title = kindTitle(m, kind.id);
  const names = (states: readonly SourceState[]): string => {
    const titles = states.map(
      (state) => sources.find((source) => source.source === state.source)?.title ?? state.source,
    );
    return new Intl.ListFormat(locale, { type: "conjunction" }).format(titles);
  };
  const inState = (...wanted: SourceState["state"][]): SourceState[] =>
    view.sources.filter((state) => wanted.includes(state.state));
  const forbidden = inState("forbidden");
  const down = inState("down");

  if (view.sources.length === 0) {
    return (
      <Notice
        level="unknown"
        title={m.table.noSourceTitle}
        actions={
          <Link href="/" prefetch={false} className={buttonClass("plain")}>
            {m.shell.toOverview}
          </Link>
        }
      >
        <p>{m.table.noSourceBody}</p>
      </Notice>
    );
  }
  const errors = describe(parse(q), kind).flatMap(({ problem }) => (problem?.level === "error" ? [problem] : []));
  if (errors.length > 0) {
    return (
      <Notice level="warning" title={m.table.badFilterTitle} actions={<ClearFilter />}>
        {errors.map((problem) => (
          <ClusterText key={problem.span.start} text={m.query.problems[problem.code](problem)} className="block" />
        ))}
      </Notice>
    );
  }
  if (view.all > 0 && q !== "") {
    return (
      <Notice title={m.table.noMatchTitle({ kind: title })} actions={<ClearFilter />}>
        <p className="rounded-md bg-sunken px-2.5 py-1.5 font-mono text-text">
          <ClusterText text={q} className="break-words" />
        </p>
        <p>{m.table.noMatchBody({ all: view.all.toLocaleString(locale) })}</p>
      </Notice>
    );
  }
  if (forbidden.length === view.sources.length) {
    return (
      <Notice level="unknown" title={m.table.forbiddenTitle({ kind: title })}>
        <p>
          <ClusterText text={m.table.forbiddenBody({ sources: names(forbidden) })} />
        </p>
      </Notice>
    );
  }
  if (down.length === view.sources.length) {
    return (
      <Notice level="failing" title={<ClusterText text={m.table.downTitle({ sources: names(down) })} />}>
        {down.map((state) =>
          state.error ? <ClusterText key={state.source} text={state.error} className="block break-words" /> : null,
        )}
        <p>{m.table.downBody}</p>
      </Notice>
    );
  }
  return (
    <Notice title={m.table.nothingTitle({ kind: title })}>
      <p>
        <ClusterText text={m.table.nothingBody({ sources: names(inState("live", "stale")) })} />
      </p>
    </Notice>
  );
}

function ClearFilter() {
  const m = useMessages();
  return <Button onClick={() => changeView({ q: "" })}>{m.table.clearFilter}</Button>;
}

/** An error in place of the rows. */
export function TableError({ error }: { error: WireError }) {
  const m = useMessages();
  if (error.code === "bad-query") {
    return (
      <Notice level="warning" title={m.table.badFilterTitle}>
        <p>{m.table.badFilterBody}</p>
      </Notice>
    );
  }
  return (
    <Notice level="failing" title={m.errors[error.code]}>
      {error.detail ? <ClusterText text={error.detail} className="block break-words" /> : null}
    </Notice>
  );
}
