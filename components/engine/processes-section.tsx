"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useEngineView } from "@/lib/client/hooks/use-engine-view";

import { EngineNote } from "./engine-note";

const everyMs = 5_000;

type Props = { id: string; title: string; source: string; container: string; running: boolean };

/** A container's processes, as the host's ps prints them. */
export function ProcessesSection({ id, title, source, container, running }: Props) {
  const { engine } = useMessages();
  const asked = { source, view: "processes", container, every: everyMs, enabled: running } as const;
  const { value, error } = useEngineView(asked);
  const count = value && running ? engine.processes.count({ count: value.rows.length }) : undefined;
  return (
    <Panel id={id} title={title} aside={count}>
      {!running || value?.rows.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">{engine.processes.none}</p>
      ) : value === null ? (
        <EngineNote error={error} />
      ) : (
        <ScrollRegion label={title} className="max-h-96">
          <table className="w-full font-mono text-sm">
            <thead className="sticky top-0 bg-surface">
              <tr className="border-b border-line text-left text-muted">
                {value.titles.map((head) => (
                  <th key={head} scope="col" className="px-3.5 py-1.5 font-medium whitespace-nowrap">
                    <ClusterText text={head} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.rows.map((row) => (
                <tr key={row.join(" ")} className="border-b border-line last:border-b-0">
                  {row.map((cell, place) => (
                    <td key={value.titles[place] ?? place} className="px-3.5 py-0.5 align-top">
                      <ClusterText text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
