"use client";

import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useRoomMessages } from "@/components/ui/room-messages";
import { useStatusAdmin } from "@/lib/client/hooks/use-status-admin";
import type { StatusAdmin } from "@/lib/protocol/status-admin";

import { ComponentsPanel } from "./components-panel";
import { IncidentsPanel } from "./incidents-panel";
import { MaintenancePanel } from "./maintenance-panel";

/** The status page from the inside: what visitors are told, why, and what operators write. */
export function StatusAdminPage({ initial }: { initial: StatusAdmin }) {
  const m = useRoomMessages();
  const { now, act } = useStatusAdmin(initial);
  return (
    <div className="mx-auto max-w-4xl space-y-4 px-4 py-5">
      <header className="space-y-1">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h1 className="text-xl font-semibold">{m.status.admin.title}</h1>
          {/* Served beside Next: an ordinary link, and a page of its own. */}
          <a href="/status" target="_blank" rel="noopener" className={buttonClass()}>
            <Icon name="external" />
            {m.status.admin.open}
          </a>
        </div>
        <p className="max-w-2xl text-muted">{m.status.admin.lead}</p>
        <p className="text-sm text-muted">
          {now.records ? m.status.admin.recordedHere : m.status.admin.recordedElsewhere}
          {now.mayWrite ? "" : ` ${m.status.admin.readOnly}`}
        </p>
      </header>
      <ComponentsPanel now={now} act={act} />
      <IncidentsPanel now={now} act={act} />
      <MaintenancePanel now={now} act={act} />
    </div>
  );
}
