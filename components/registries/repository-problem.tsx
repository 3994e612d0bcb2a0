"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { WireError } from "@/lib/protocol/error";
import { familiarName } from "@/lib/shared/image-reference";
import { imageHref, repositoryHref } from "@/lib/shared/registry-address";

import { Crumbs, shortReference } from "./crumbs";
import { RegistryProblem } from "./registry-problem";

type Props = { host: string; repository: string; reference: string | null; pod: string | null; error: WireError };

/** An image or repository that cannot be shown: which it is, why, and where to go from here. */
export function RepositoryProblem({ host, repository, reference, pod, error }: Props) {
  const words = useRoomMessages().registries;
  const name = familiarName({ registry: host, repository, tag: null, digest: null });
  const ending = reference === null ? "" : `${reference.includes(":") ? "@" : ":"}${shortReference(reference)}`;
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs host={host} {...(reference === null ? {} : { repository })} />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={`${name}${ending}`} mono />
        </h1>
      </header>
      <RegistryProblem
        error={error}
        actions={
          <>
            {error.code === "forbidden" && pod !== null ? (
              <Link
                href={reference === null ? repositoryHref(host, repository) : imageHref(host, repository, reference)}
                prefetch={false}
                className={buttonClass()}
              >
                {words.backToImage}
              </Link>
            ) : null}
            {error.code === "not-found" && reference !== null ? (
              <Link href={repositoryHref(host, repository, { pod })} prefetch={false} className={buttonClass()}>
                {words.tags}
              </Link>
            ) : null}
            <Link href="/registries" prefetch={false} className={buttonClass()}>
              {words.title}
            </Link>
          </>
        }
      />
    </div>
  );
}
