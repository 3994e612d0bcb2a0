"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { CopyButton } from "@/components/ui/copy-button";

/** A digest to read and to copy. */
export function DigestLine({ digest, href }: { digest: string; href?: React.ReactNode }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      {href ?? <ClusterText text={digest} mono className="min-w-0 text-sm wrap-anywhere" />}
      <CopyButton text={digest} />
    </span>
  );
}
