"use client";

import type { ReactNode } from "react";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { formatBytes } from "@/lib/shared/bytes";
import type { Assumptions, VmModel } from "@/lib/stack/vm-model";

import { Mark } from "./mark";

/** What the same workload costs both ways: disk, memory for kernels, time to start. */
export function VmComparison({ model, assumed }: { model: VmModel; assumed: Assumptions }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const bar = Math.max(model.disk, model.diskNow, 1);
  return (
    <Panel title={m.stack.compare} id="comparison">
      <table className="w-full text-left [&_td]:px-3.5 [&_td]:py-1.5 [&_th]:px-3.5 [&_th]:py-1.5 [&_th]:font-medium [&_tr]:align-baseline">
        <thead>
          <tr className="text-sm text-muted">
            <th scope="col">
              <span className="sr-only">{m.stack.compare}</span>
            </th>
            <th scope="col">{m.stack.compareNow}</th>
            <th scope="col">
              {m.stack.compareVms} <Mark name="model" />
            </th>
          </tr>
        </thead>
        <tbody>
          <Row title={m.stack.compareDisk}>
            <td>
              <Bytes bytes={model.diskNow} most={bar} />
            </td>
            <td>
              <Bytes bytes={model.disk} most={bar} />
            </td>
          </Row>
          <Row title={m.stack.compareMemory}>
            <td className="text-muted">{m.stack.oneShared}</td>
            <td className="font-mono">{formatBytes(model.guestMemory)}</td>
          </Row>
          <Row title={m.stack.compareStart}>
            <td>
              {model.startMs === null ? (
                <span className="text-muted">{m.stack.noStart}</span>
              ) : (
                <span title={m.stack.measuredStart} className="font-mono">
                  {m.stack.milliseconds({ shown: Math.round(model.startMs).toLocaleString(locale) })}
                </span>
              )}
            </td>
            <td className="font-mono">{m.stack.seconds({ shown: assumed.bootSeconds.toLocaleString(locale) })}</td>
          </Row>
        </tbody>
      </table>
      {model.startMs === null ? null : <p className="px-3.5 pb-2 text-sm text-muted">{m.stack.measuredStart}</p>}
    </Panel>
  );
}

function Row({ title, children }: { title: string; children: ReactNode }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="text-muted">
        {title}
      </th>
      {children}
    </tr>
  );
}

function Bytes({ bytes, most }: { bytes: number; most: number }) {
  return (
    <span className="block">
      <span className="font-mono">{formatBytes(bytes)}</span>
      <span
        aria-hidden="true"
        className="mt-0.5 block h-1.5 rounded-sm bg-accent"
        style={{ width: `${Math.max(1, (bytes / most) * 100)}%` }}
      />
    </span>
  );
}
