"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { RoomWords, useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { useStack } from "@/lib/client/hooks/use-stack";
import { useStackView } from "@/lib/client/hooks/use-stack-view";
import type { MachineRef } from "@/lib/protocol/stack";
import { printMachine } from "@/lib/protocol/stack";

import { StackPicture } from "./stack-picture";

type Props = { id: string; title: string; machine: MachineRef };

/** The stack of the node or engine whose page this is; the drawing has a page of its own besides. */
export function StackSection(props: Props) {
  return (
    <RoomWords>
      <Section {...props} />
    </RoomWords>
  );
}

function Section({ id, title, machine }: Props) {
  const m = useRoomMessages();
  const view = useStackView();
  const { answer, error } = useStack(machine, null);
  return (
    <Panel
      id={id}
      title={title}
      aside={
        <Link
          href={`/stack?on=${encodeURIComponent(printMachine(machine)).replaceAll("%2F", "/")}`}
          prefetch={false}
          className={buttonClass("quiet", "sm")}
        >
          {m.stack.opens}
        </Link>
      }
    >
      <div className="p-3.5">
        {answer !== null ? (
          <StackPicture stack={answer.stack} view={{ ...view, as: "containers" }} />
        ) : error !== null ? (
          <p className="text-muted">
            {m.errors[error.code]} {error.detail ? <ClusterText text={error.detail} mono /> : null}
          </p>
        ) : (
          <p role="status" className="text-muted">
            {m.stack.reading}
          </p>
        )}
      </div>
    </Panel>
  );
}
