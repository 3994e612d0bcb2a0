"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { ResourceView } from "@/lib/client/detail/container-view";

import { Fact } from "./container-fact";

/** What the container asks for and what it may use at most. */
export function ContainerResources({ resources }: { resources: readonly ResourceView[] }) {
  const m = useMessages();
  const words = m.detail.containers;
  const names: Readonly<Record<string, string>> = {
    cpu: m.facts.cpu,
    memory: m.facts.memory,
    "ephemeral-storage": m.facts.ephemeralStorage,
  };
  return (
    <Fact label={words.resources}>
      <span className="flex flex-wrap gap-x-6 gap-y-0.5">
        {resources.map(({ resource, request, limit }) => (
          <span key={resource} className="whitespace-nowrap">
            <ClusterText
              text={Object.hasOwn(names, resource) ? (names[resource] ?? resource) : resource}
              className="text-muted"
            />{" "}
            <Amount amount={request} label={words.request} none={words.noRequest} />
            <span className="text-faint">, </span>
            <Amount amount={limit} label={words.limit} none={words.noLimit} />
          </span>
        ))}
      </span>
    </Fact>
  );
}

function Amount({ amount, label, none }: { amount: string | null; label: string; none: string }) {
  if (amount === null) return <span className="text-faint">{none}</span>;
  return (
    <>
      <span className="text-muted">{label}</span> <ClusterText text={amount} mono />
    </>
  );
}
