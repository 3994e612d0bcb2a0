"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { WireError } from "@/lib/protocol/error";

import { Crumbs } from "./crumbs";
import { RegistryProblem } from "./registry-problem";

/** A registry that cannot be shown, and why. */
export function RegistryUnknown({ host, error }: { host: string; error: WireError }) {
  const words = useRoomMessages().registries;
  return (
    <div className="mx-auto flex max-w-[70rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-1">
        <Crumbs />
        <h1 className="text-xl font-semibold wrap-anywhere">
          <ClusterText text={host} mono />
        </h1>
      </header>
      <RegistryProblem
        error={error}
        actions={
          <Link href="/registries" prefetch={false} className={buttonClass()}>
            {words.title}
          </Link>
        }
      />
    </div>
  );
}
