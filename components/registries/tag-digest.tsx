"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { ask } from "@/lib/client/ask";

import { DigestLine } from "./digest-line";

type Props = { host: string; repository: string; tag: string; pod: string | null };

/** What a tag points at, asked for when somebody wants to know: a registry has no list of it. */
export function TagDigest({ host, repository, tag, pod }: Props) {
  const m = useRoomMessages();
  const words = m.registries;
  const [wanted, setWanted] = useState(false);
  const path = `${apiOf(host, repository)}?${new URLSearchParams({ "digest-of": tag, ...(pod === null ? {} : { pod }) })}`;
  const { data } = useQuery({
    queryKey: ["tag-digest", path],
    queryFn: async ({ signal }) => await ask<{ digest: string | null }>(path, { signal }),
    enabled: wanted,
    staleTime: 30_000,
  });
  if (data?.error) {
    return (
      <span role="status" className="text-sm text-failing">
        {m.errors[data.error.code]} {data.error.detail ? <ClusterText text={data.error.detail} /> : null}
      </span>
    );
  }
  if (data) {
    return data.value.digest === null ? (
      <span role="status" className="text-sm text-muted">
        {words.noSuchTag}
      </span>
    ) : (
      <DigestLine digest={data.value.digest} />
    );
  }
  return (
    <Button
      look="quiet"
      size="sm"
      disabled={wanted}
      aria-label={words.lookUpOf({ tag })}
      onClick={() => setWanted(true)}
    >
      {words.lookUp}
    </Button>
  );
}

function apiOf(host: string, repository: string): string {
  return `/api/registries/${encodeURIComponent(host)}/${repository.split("/").map(encodeURIComponent).join("/")}`;
}
