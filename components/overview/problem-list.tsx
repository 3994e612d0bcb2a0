"use client";

import Link from "next/link";

import { Age } from "@/components/ui/age";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { OverviewState } from "@/lib/client/overview-state";
import { printView } from "@/lib/client/store/view-address";
import type { Overview, Problem } from "@/lib/protocol/overview";
import { visibleText } from "@/lib/shared/visible-text";

/** What is wrong, a sentence each, worst first; each leads to the list of what is meant. */
export function ProblemList({ overview, state }: { overview: Overview; state: OverviewState }) {
  const m = useMessages();
  const locale = useLocale();
  const titles = new Map(overview.sources.map((source) => [source.source, source.title]));
  const several = overview.sources.length > 1;

  return (
    <section aria-label={m.overview.problems} className="rounded-lg border border-line bg-surface">
      {overview.problems.length === 0 ? <NothingListed overview={overview} state={state} /> : null}
      <ul className="divide-y divide-line">
        {overview.problems.map((problem) => (
          <li key={`${problem.kind} ${problem.source} ${problem.namespace} ${problem.subject}`}>
            <ProblemItem
              problem={problem}
              source={several && problem.kind !== "source-down" ? (titles.get(problem.source) ?? problem.source) : null}
            />
          </li>
        ))}
      </ul>
      {overview.more > 0 ? (
        <p className="border-t border-line px-3.5 py-2 text-muted">
          {m.overview.more({ shown: overview.more.toLocaleString(locale) })}
        </p>
      ) : null}
    </section>
  );
}

function ProblemItem({ problem, source }: { problem: Problem; source: string | null }) {
  const m = useMessages();
  const words = m.problems[problem.kind];
  const sentence = words({
    count: problem.count,
    subject: visibleText(problem.subject),
    namespace: visibleText(problem.namespace),
    source: visibleText(problem.source),
  });
  return (
    <Link
      href={`/${encodeURIComponent(problem.list)}${printView({ in: [problem.source], q: problem.q })}`}
      prefetch={false}
      className="group flex gap-3 px-3.5 py-2.5 outline-offset-[-2px] hover:bg-hover"
    >
      <HealthMark level={problem.level} size={12} className="mt-1" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-3">
          <span className="sr-only">{problem.level === "failing" ? m.overview.failing : m.overview.warning}: </span>
          <bdi className="min-w-0 flex-1 font-semibold wrap-anywhere group-hover:underline group-hover:underline-offset-2">
            {sentence}
          </bdi>
          {problem.since === null ? null : <Age at={problem.since} className="font-mono text-sm text-muted" />}
        </span>
        {problem.reason === "" && source === null ? null : (
          <span className="line-clamp-2 text-muted wrap-anywhere">
            {source === null ? null : <ClusterText text={source} className="mr-2 rounded-sm bg-sunken px-1 text-sm" />}
            <ClusterText text={problem.reason} />
          </span>
        )}
      </span>
    </Link>
  );
}

/** No list of problems is not yet good news: says how much of everything could be seen. */
function NothingListed({ overview, state }: { overview: Overview; state: OverviewState }) {
  const m = useMessages();
  const unseen = overview.sources
    .filter((source) => source.state !== "live")
    .map((source) => `${visibleText(source.title)} (${m.shell.state[source.state]})`)
    .join(", ");
  const words = {
    "nothing-wrong": m.overview.nothingWrongBody,
    "nothing-seen": m.overview.nothingSeenBody({ names: unseen }),
  };
  return (
    <div className="space-y-1 px-3.5 py-4 text-muted wrap-anywhere">
      <p>
        <bdi>
          {state === "nothing-wrong" || state === "nothing-seen"
            ? words[state]
            : m.overview.nothingKnownBody({ names: unseen })}
        </bdi>
      </p>
      {overview.sources.some((source) => source.state === "forbidden") ? <p>{m.overview.nothingAllowed}</p> : null}
    </div>
  );
}
