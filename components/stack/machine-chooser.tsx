"use client";

import Link from "next/link";
import { useState } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon } from "@/components/ui/icon";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Popover, useClosePopover } from "@/components/ui/popover";
import type { Machine } from "@/lib/protocol/stack";
import { printMachine } from "@/lib/protocol/stack";
import { printStackView } from "@/lib/stack/stack-view";
import type { StackView } from "@/lib/stack/stack-view";

import { counted } from "./count";

type Props = { machines: readonly Machine[]; view: StackView; here: Machine | null };

/** Machines that are listed at a time; whoever looks for another writes a part of its name. */
const maxListed = 60;

export function MachineChooser(props: Props) {
  const m = useRoomMessages();
  return (
    <Popover
      button={
        <>
          <span className="max-w-48 truncate">{m.stack.choose}</span>
          <Icon name="chevron-down" size={14} />
        </>
      }
    >
      <Machines {...props} />
    </Popover>
  );
}

function Machines({ machines, view, here }: Props) {
  const m = useRoomMessages();
  const locale = useLocale();
  const close = useClosePopover();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const fitting = machines.filter((machine) => printMachine(machine).toLowerCase().includes(wanted));
  return (
    <div className="w-80 max-w-full p-2">
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={m.stack.find}
        placeholder={m.stack.find}
        className="h-8 w-full rounded-md border border-control bg-surface px-2"
      />
      <p className="px-1 py-1 text-sm text-muted" role="status">
        {fitting.length === 0 ? m.stack.noneFound : m.stack.found(counted(fitting.length, locale))}
      </p>
      <ul className="max-h-72 overflow-y-auto">
        {fitting.slice(0, maxListed).map((machine) => {
          const on = printMachine(machine);
          // What was chosen on one machine is nothing on another.
          const params = printStackView({ ...view, on, zoom: null, layer: null });
          return (
            <li key={on}>
              <Link
                href={`/stack?${String(params).replaceAll("%2F", "/")}`}
                prefetch={false}
                onClick={close}
                aria-current={here !== null && printMachine(here) === on ? "true" : undefined}
                className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent"
              >
                <Icon name={machine.node === null ? "containers" : "nodes"} size={14} />
                <ClusterText text={machine.title} className="min-w-0 flex-1 truncate" />
                <span className="text-sm text-muted">
                  {machine.node === null ? m.stack.engine : <ClusterText text={machine.sourceTitle} />}
                </span>
                {machine.health === "failing" || machine.health === "warning" ? (
                  <HealthMark level={machine.health} size={10} />
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
