"use client";

import { CommandLine } from "@/components/detail/terminal-section";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";

/** Says that everything is invented, what was looked for, and how to connect a cluster of one's own. */
export function DemoBanner({ lookedFor }: { lookedFor: readonly string[] }) {
  const m = useMessages();
  return (
    <details className="group no-print shrink-0 border-b border-line bg-accent-soft text-sm">
      <summary className="flex cursor-pointer list-none flex-wrap items-baseline gap-x-2 px-4 py-1.5">
        <strong className="font-semibold">{m.shell.demo.title}</strong>
        <span>{lookedFor.length === 0 ? m.shell.demo.asked : m.shell.demo.lonely}</span>
        <span className="text-accent underline underline-offset-2">{m.shell.demo.how}</span>
      </summary>
      <div className="max-w-2xl space-y-2 px-4 pt-1 pb-3">
        {lookedFor.length === 0 ? null : (
          <p>
            {m.overview.noneLooked}{" "}
            {lookedFor.map((place) => (
              <code key={place} className="mr-1.5 rounded-sm bg-surface px-1.5 py-0.5 wrap-anywhere">
                <ClusterText text={place} />
              </code>
            ))}
          </p>
        )}
        <ol className="list-decimal space-y-1 pl-5">
          {m.overview.noneSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <CommandLine line="kubectl get nodes" />
        {/* Served beside Next, so that it is no Link. */}
        <a
          href="/status"
          target="_blank"
          rel="noopener"
          className="inline-block text-accent underline underline-offset-2"
        >
          {m.shell.openStatusPage}
        </a>
      </div>
    </details>
  );
}
