"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { ProbeView } from "@/lib/client/detail/container-probes";

import { Fact } from "./container-fact";

/** How the container is asked whether it is well, in words. Those that run once are not asked. */
export function ContainerProbes({ probes, init }: { probes: readonly ProbeView[]; init: boolean }) {
  const words = useMessages().detail.containers;
  if (probes.length === 0 && init) return null;
  return (
    <Fact label={words.probes}>
      {probes.length === 0 ? <span className="text-muted">{words.noProbes}</span> : null}
      <ul className="space-y-0.5">
        {probes.map((probe) => (
          <li key={probe.type}>
            <span
              className="mr-1.5 font-medium underline decoration-line-strong decoration-dotted underline-offset-4"
              title={words.probeAbout[probe.type]}
            >
              {words.probeTypes[probe.type]}
            </span>
            <ClusterText text={probe.action} mono className="mr-1.5" />
            <span className="text-muted">{words.probe(probe)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}
