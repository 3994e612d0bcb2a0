"use client";

import Link from "next/link";

import { stateLevels, stateText } from "@/components/shell/source-mark";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { printView } from "@/lib/client/store/view-address";
import type { SourceSummary } from "@/lib/protocol/overview";

/** Each source and how it is doing; what it said where it does not answer. */
export function SourcesPanel({ sources }: { sources: readonly SourceSummary[] }) {
  const m = useMessages();
  return (
    <Panel title={m.overview.sources}>
      <ul className="divide-y divide-line">
        {sources.map((source) => (
          <SourceItem key={source.source} source={source} />
        ))}
      </ul>
    </Panel>
  );
}

function SourceItem({ source }: { source: SourceSummary }) {
  const m = useMessages();
  const locale = useLocale();
  const state = useClockText((now) => stateText(source, now, m));
  const facts = [
    source.version,
    source.nodes === null
      ? null
      : m.overview.nodes({ count: source.nodes, shown: source.nodes.toLocaleString(locale) }),
    source.pods === null ? null : m.overview.pods({ count: source.pods, shown: source.pods.toLocaleString(locale) }),
    source.containers === null
      ? null
      : m.overview.containers({ count: source.containers, shown: source.containers.toLocaleString(locale) }),
    source.scope === "all" || source.scope === 0 ? null : m.overview.scopeNamespaces({ count: source.scope }),
  ].filter((fact) => fact !== null && fact !== "");
  return (
    <li className="px-3.5 py-2">
      <div className="flex items-baseline gap-2.5">
        <HealthMark level={stateLevels[source.state]} size={10} />
        <Link
          href={`/${printView({ in: [source.source] })}`}
          prefetch={false}
          className="min-w-0 flex-1 font-mono font-medium wrap-anywhere hover:underline"
        >
          <ClusterText text={source.title} />
        </Link>
        <span className="shrink-0 text-sm text-muted">{state}</span>
      </div>
      <p className="pl-5 text-sm text-muted">
        <ClusterText text={facts.join(" · ")} />
      </p>
      {source.error ? (
        <p className="mt-1 ml-5 line-clamp-4 font-mono text-sm text-muted wrap-anywhere">
          <ClusterText text={source.error} />
        </p>
      ) : null}
    </li>
  );
}
