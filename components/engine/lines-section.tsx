"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";

/** Plain lines, such as a container's environment. */
export function LinesSection({ id, title, lines }: { id: string; title: string; lines: readonly string[] }) {
  return (
    <Panel id={id} title={title} aside={lines.length.toLocaleString()}>
      <ScrollRegion label={title} className="max-h-96">
        <ul className="px-3.5 py-2.5">
          {lines.map((line, place) => (
            // Two lines may be the same; their places are not.
            <li key={`${place} ${line}`} className="py-0.5 font-mono text-sm wrap-anywhere">
              <ClusterText text={line} />
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </Panel>
  );
}
