"use client";

import { Explain } from "@/components/ui/explain";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useEngineView } from "@/lib/client/hooks/use-engine-view";
import { formatBytes } from "@/lib/shared/bytes";

import { EngineNote } from "./engine-note";

const everyMs = 30_000;

/** What lies on an engine's disk, and what of it could be freed. */
export function DiskSection({ id, title, source }: { id: string; title: string; source: string }) {
  const words = useMessages().engine.disk;
  const { value, error } = useEngineView({ source, view: "disk", container: null, every: everyMs });
  const bytes = (amount: number | null) => (amount === null ? "?" : formatBytes(amount));
  return (
    <Panel
      id={id}
      title={
        <span className="inline-flex items-center gap-1.5">
          {title}
          <Explain term={title}>{words.about}</Explain>
        </span>
      }
    >
      {value === null ? (
        <EngineNote error={error} />
      ) : (
        <ScrollRegion label={title} className="">
          <table className="w-full min-w-[30rem]">
            <thead>
              <tr className="border-b border-line text-sm text-muted">
                <th scope="col" className="px-3.5 py-1.5 text-left font-medium">
                  {words.kind}
                </th>
                {[words.count, words.inUse, words.size, words.reclaimable].map((head) => (
                  <th key={head} scope="col" className="px-3.5 py-1.5 text-right font-medium">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.parts.map(({ part, count, inUse, bytes: size, reclaimable }) => (
                <tr key={part} className="border-b border-line last:border-b-0">
                  <th scope="row" className="px-3.5 py-1 text-left font-normal">
                    {words[part]}
                  </th>
                  {[String(count), inUse === null ? "?" : String(inUse), bytes(size), bytes(reclaimable)].map(
                    (cell, place) => (
                      <td key={place} className="px-3.5 py-1 text-right font-mono tabular-nums">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
