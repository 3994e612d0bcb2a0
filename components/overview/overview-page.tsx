"use client";

import { useMemo } from "react";

import { useFrameStart } from "@/components/shell/frame-context";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";
import { useLiveOverview } from "@/lib/client/hooks/use-live-overview";
import { useView } from "@/lib/client/hooks/use-view";
import { overviewState } from "@/lib/client/overview-state";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { WireError } from "@/lib/protocol/error";
import type { Overview } from "@/lib/protocol/overview";
import { visibleText } from "@/lib/shared/visible-text";

import { CapacityPanel } from "./capacity-panel";
import { CountsPanel } from "./counts-panel";
import { NoSource } from "./no-source";
import { ProblemList } from "./problem-list";
import { SourcesPanel } from "./sources-panel";

type Props = {
  /** The sources that the server was asked for. */
  asked: readonly string[];
  initial: Overview | null;
  error: WireError | null;
  lookedFor: readonly string[];
};

/** What is wrong first, then how full everything is, and how each source is doing. */
export function OverviewPage({ asked, initial, error: firstError, lookedFor }: Props) {
  const m = useMessages();
  const view = useView();
  const { sources: startSources } = useFrameStart();
  const known = useMemo(() => (view.in.join() === asked.join() ? initial : null), [view.in, asked, initial]);
  const { value, error: liveError } = useLiveOverview(view.in, known);
  const error = liveError ?? (value === null ? firstError : null);

  if (value === null) {
    if (error) {
      return (
        <>
          <h1 className="sr-only">{m.overview.title}</h1>
          <Notice level="failing" title={m.errors[error.code]}>
            {error.detail ? <ClusterText text={error.detail} mono /> : null}
          </Notice>
        </>
      );
    }
    return (
      <h1 role="status" className="px-4 py-4 text-lg text-muted">
        {startSources.length === 0 ? m.overview.title : m.overview.reading}
      </h1>
    );
  }
  const state = overviewState(value);
  const clusters = value.sources.filter(({ type }) => type === "cluster");
  if (state === "no-source") return <NoSource lookedFor={lookedFor} />;

  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <Headline overview={value} />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <ProblemList overview={value} state={state} />
        <div className="flex min-w-0 flex-col gap-3">
          {clusters.length === 0 ? null : <CapacityPanel capacity={value.capacity} sources={clusters} />}
          <SourcesPanel sources={value.sources} />
          <CountsPanel counts={value.counts} sources={view.in} />
        </div>
      </div>
    </div>
  );
}

/** The state of everything in a few words. */
function Headline({ overview }: { overview: Overview }) {
  const m = useMessages();
  const locale = useLocale();
  const state = overviewState(overview);
  const count = overview.problems.length + overview.more;
  const words: Record<typeof state, { level: HealthLevel; text: string }> = {
    "no-source": { level: "unknown", text: m.overview.none },
    reading: { level: "starting", text: m.overview.reading },
    wrong: {
      level: overview.problems.some((problem) => problem.level === "failing") ? "failing" : "warning",
      text: m.overview.wrong({ count, shown: count.toLocaleString(locale) }),
    },
    "nothing-seen": { level: "failing", text: m.overview.nothingSeen },
    "nothing-known": { level: "unknown", text: m.overview.nothingKnown },
    "nothing-wrong": { level: "ok", text: m.overview.nothingWrong },
  };
  const names = overview.sources.map((source) => visibleText(source.title));
  return (
    <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <h1 className="flex items-baseline gap-2.5 text-xl font-semibold">
        <HealthMark level={words[state].level} size={14} />
        {words[state].text}
      </h1>
      <p className="min-w-0 text-muted wrap-anywhere">
        <bdi>{names.length > 4 ? m.shell.clusters({ count: names.length }) : names.join(", ")}</bdi>
      </p>
    </header>
  );
}
