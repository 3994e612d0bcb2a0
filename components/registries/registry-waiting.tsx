"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { Skeleton } from "@/components/ui/skeleton";

import { Crumbs } from "./crumbs";

/** The shape of a page while its registry is asked. */
export function RegistryWaiting({ host, repository }: { host?: string; repository: string }) {
  const m = useMessages();
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs {...(host === undefined ? {} : { host })} />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={repository} mono />
        </h1>
      </header>
      <p role="status" aria-label={m.detail.loading} className="flex flex-col gap-3 py-2">
        <Skeleton className="w-80" />
        <Skeleton className="w-56" />
        <Skeleton className="w-64" />
      </p>
    </div>
  );
}
