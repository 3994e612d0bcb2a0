"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { ask } from "@/lib/client/ask";
import type { RegistriesAnswer, RegistrySummary } from "@/lib/protocol/registry";
import { registryHref } from "@/lib/shared/registry-address";

import { GoToImage } from "./go-to-image";
import { RegistryStanding } from "./registry-standing";

type Props = {
  initial: RegistriesAnswer;
  /** Hosts that images of containers name. */
  named: readonly string[];
};

/** The registries that may be asked and how each stands; those that had not answered when the page was made are asked again. */
export function RegistriesPage({ initial, named }: Props) {
  const words = useRoomMessages().registries;
  const { data } = useQuery({
    queryKey: ["registries"],
    queryFn: async ({ signal }) => await ask<RegistriesAnswer>("/api/registries", { signal }),
    initialData: { value: initial, error: null },
    enabled: initial.registries.some(({ state }) => state === "asking"),
    staleTime: 0,
  });
  const { registries, asksOthers } = data.value ?? initial;
  const others = named.filter((host) => registries.every((registry) => registry.host !== host));
  return (
    <div className="mx-auto flex max-w-[70rem] flex-col gap-4 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-0.5">
        <h1 className="text-xl font-semibold">{words.title}</h1>
        <p className="max-w-prose text-muted">{words.lead}</p>
      </header>
      {registries.length === 0 ? null : (
        <Panel>
          <ul className="divide-y divide-line">
            {registries.map((registry) => (
              <Item key={registry.host} registry={registry} />
            ))}
          </ul>
        </Panel>
      )}
      {others.length === 0 ? null : (
        <Panel title={words.others}>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 px-3.5 py-2.5">
            {others.map((host) => (
              <li key={host} className="min-w-0">
                <Link href={registryHref(host)} prefetch={false} className="text-accent wrap-anywhere hover:underline">
                  <ClusterText text={host} mono />
                </Link>
              </li>
            ))}
          </ul>
          <p className="border-t border-line px-3.5 py-2 text-sm text-muted">
            {asksOthers ? words.othersAsked : words.othersNotAsked}
          </p>
        </Panel>
      )}
      {registries.length > 0 || asksOthers ? (
        <GoToImage />
      ) : (
        <Notice title={words.none}>
          <p>{words.noneBody}</p>
        </Notice>
      )}
    </div>
  );
}

function Item({ registry }: { registry: RegistrySummary }) {
  const words = useRoomMessages().registries;
  const { host, title, origin, address } = registry;
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3.5 py-2">
      <span className="min-w-0 basis-64">
        <Link href={registryHref(host)} prefetch={false} className="font-semibold text-accent hover:underline">
          <ClusterText text={title} />
        </Link>
        <span className="block text-sm text-muted">
          {title === host ? null : (
            <>
              <ClusterText text={host} mono />
              {" · "}
            </>
          )}
          {words.origins[origin]}
          {address === null ? null : ` · ${words.asked({ address })}`}
        </span>
      </span>
      <span className="min-w-0 flex-1 basis-64">
        <RegistryStanding registry={registry} />
      </span>
    </li>
  );
}
