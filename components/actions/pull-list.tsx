"use client";

import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { useMay } from "@/lib/client/hooks/use-may";
import { usePulls } from "@/lib/client/hooks/use-pulls";
import type { Ref } from "@/lib/protocol/ref";

import { PullItem } from "./pull-item";

/** What an engine pulls and lately pulled, whoever began it; nothing where there is none. */
export function PullList({ target }: { target: Ref }) {
  const words = useMessages().engineActions;
  const { pulls, stop } = usePulls(target.source);
  const may = useMay([target]);
  if (pulls.length === 0) return null;
  const mayStop = may.known && may.missing("pull").length === 0;
  return (
    <Panel title={words.pulls}>
      <ul className="divide-y divide-line">
        {pulls.map((job) => (
          <li key={job.id} className="px-3.5 py-2.5">
            <PullItem job={job} onStop={mayStop ? () => stop(job.id) : null} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
