"use client";

import type { ReactNode } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Notice } from "@/components/ui/notice";
import type { WireError } from "@/lib/protocol/error";

/** Why a registry shows nothing, and what to do: in words of its own where it is not what happens to a cluster. */
export function RegistryProblem({ error, actions, page }: { error: WireError; actions?: ReactNode; page?: boolean }) {
  const m = useRoomMessages();
  const titles: Readonly<Record<string, string>> = m.registries.problems;
  const bodies: Readonly<Record<string, string>> = m.registries.problemsAbout;
  const about = bodies[error.code];
  return (
    <Notice
      level={error.code === "unknown-source" ? "unknown" : "failing"}
      title={titles[error.code] ?? m.errors[error.code]}
      actions={actions}
      {...(page ? { page } : {})}
    >
      {about === undefined ? null : <p>{about}</p>}
      {error.detail ? (
        <p className="text-sm wrap-anywhere">
          <ClusterText text={error.detail} mono />
        </p>
      ) : null}
    </Notice>
  );
}
