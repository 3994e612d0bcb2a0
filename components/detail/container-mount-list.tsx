"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { MountView } from "@/lib/client/detail/container-mounts";

import { Fact } from "./container-fact";
import { Fold } from "./fold";

/** Where volumes appear in the container, and what they are. */
export function ContainerMounts({ mounts }: { mounts: readonly MountView[] }) {
  const words = useMessages().detail.containers;
  if (mounts.length === 0) return null;
  return (
    <Fact label={words.mounts}>
      <Fold title={words.mountsCount({ count: mounts.length })}>
        <ul className="space-y-0.5">
          {mounts.map((mount, index) => (
            <li key={index}>
              <ClusterText text={mount.path} mono /> <span className="text-faint">←</span>{" "}
              <ClusterText text={mount.volume} mono />
              <span className="text-muted">
                {mount.type === null ? null : <ClusterText text={` ${mount.type}`} />}
                {mount.detail === null ? null : <ClusterText text={` ${mount.detail}`} mono />}
                {mount.subPath === null ? null : <ClusterText text={` · ${words.subPath({ path: mount.subPath })}`} />}
                {mount.readOnly ? ` · ${words.readOnly}` : ""}
              </span>
            </li>
          ))}
        </ul>
      </Fold>
    </Fact>
  );
}
